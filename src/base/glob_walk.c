/* Patterns over paths: the files and directories that fit one. */
#include "base/glob_steps.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

struct walk {
	const struct glob *glob;
	glob_walk_match *found;
	void *context;
	struct strbuf path;	/* of what is at hand; a directory's ends in '/', "" is "." */
	struct error *err;
	bool failed;
	bool stopped;
};

/* The entries of a directory; the names of directories end in '/', as the order of paths wants. */
struct listing {
	char **names;
	size_t count;
	size_t capacity;
};

static int
name_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
listing_clear(struct listing *listing)
{
	for (size_t i = 0; i < listing->count; i++)
		free(listing->names[i]);
	free(listing->names);
	*listing = (struct listing){0};
}

/* The type of an entry, a link not followed; DT_UNKNOWN for one that is gone. */
static unsigned char
type_of(int directory, const struct dirent *entry)
{
	struct stat st;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type;
	if (fstatat(directory, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return DT_UNKNOWN;
	return (unsigned char)IFTODT(st.st_mode);
}

static void
list_entry(struct listing *listing, int directory, const struct dirent *entry)
{
	unsigned char type = type_of(directory, entry);
	struct strbuf name = {0};

	if (type != DT_DIR && type != DT_REG && type != DT_LNK)
		return;
	if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
		return;
	strbuf_add_string(&name, entry->d_name);
	if (type == DT_DIR)
		strbuf_add_char(&name, '/');
	MEM_GROW(listing->names, listing->capacity, listing->count + 1);
	listing->names[listing->count++] = strbuf_take(&name);
}

/* The first error is kept; what vanished or never was there is none. */
static void
note_error(struct walk *walk, int errnum)
{
	size_t length = walk->path.length;

	if (walk->failed || errnum == ENOENT || errnum == ENOTDIR)
		return;
	walk->failed = true;
	fail_errno(walk->err, ERROR_INPUT, errnum, "cannot read directory '%.*s'",
	    (int)(length > 1 ? length - 1 : 1), length ? walk->path.s : ".");
}

static void
list(struct walk *walk, struct listing *listing)
{
	DIR *directory = opendir(walk->path.length ? walk->path.s : ".");
	const struct dirent *entry;

	if (!directory) {
		note_error(walk, errno);
		return;
	}
	while (errno = 0, (entry = readdir(directory)))
		list_entry(listing, dirfd(directory), entry);
	if (errno)
		note_error(walk, errno);
	closedir(directory);
	if (listing->count)
		qsort(listing->names, listing->count, sizeof(*listing->names), name_compare);
}

static bool
leads_below(struct walk *walk)
{
	size_t length = walk->path.length;
	bool leads;

	strbuf_add_char(&walk->path, '/');
	leads = glob_leads_below(walk->glob, strbuf_str(&walk->path));
	strbuf_truncate(&walk->path, length);
	return leads;
}

static void
visit(struct walk *walk)
{
	struct glob_match match;
	struct stat st;

	if (!glob_matches(walk->glob, strbuf_str(&walk->path), &match) ||
	    stat(strbuf_string(&walk->path), &st) != 0)
		return;
	if (S_ISREG(st.st_mode) || (S_ISDIR(st.st_mode) && !leads_below(walk)))
		walk->stopped = !walk->found(walk->context, strbuf_string(&walk->path),
		    S_ISDIR(st.st_mode), &match);
}

/* A directory below which nothing can fit. */
static void
visit_closed(struct walk *walk)
{
	if (!walk->path.length)
		return;
	strbuf_truncate(&walk->path, walk->path.length - 1);
	visit(walk);
}

static void
visit_directory(struct walk *walk)
{
	struct listing listing = {0};
	size_t length = walk->path.length;

	if (!glob_leads_below(walk->glob, strbuf_str(&walk->path))) {
		visit_closed(walk);
		return;
	}
	list(walk, &listing);
	for (size_t i = 0; i < listing.count && !walk->stopped; i++) {
		struct str name = str_of(listing.names[i]);

		strbuf_add_str(&walk->path, name);
		if (str_ends(name, STR("/")))
			visit_directory(walk);
		else
			visit(walk);
		strbuf_truncate(&walk->path, length);
	}
	listing_clear(&listing);
}

bool
glob_walk(const struct glob *glob, struct str pattern, glob_walk_match *found, void *context,
    struct error *err)
{
	struct walk walk = {.glob = glob, .found = found, .context = context, .err = err};
	struct str prefix = glob_fixed_prefix(pattern);

	strbuf_add_str(&walk.path, prefix);
	if (!glob_is_pattern(pattern)) {
		visit(&walk);
	} else {
		if (prefix.length && !str_ends(prefix, STR("/")))
			strbuf_add_char(&walk.path, '/');
		visit_directory(&walk);
	}
	strbuf_clear(&walk.path);
	return !walk.failed;
}
