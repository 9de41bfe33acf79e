/* A pull request's diff, else the list of its files. */
#include "publish/pull_change.h"

#include "base/json.h"
#include "base/limits.h"
#include "publish/publication.h"

#include <inttypes.h>

enum { ID_SHOWN = 7, TOO_LARGE = 406 };

#define ACCEPT_DIFF "Accept: application/vnd.github.diff"

static void
note_missing(const struct pull_change *out, struct str path, const char *why)
{
	audit_add(out->audit, AUDIT_WARNING, 0, "change-unknown",
	    "which lines of '%.*s' changed is not known (%s): they are in no number of the patch",
	    (int)path.length, path.s, why);
}

/* ---- the list of files ---------------------------------------------------------------------- */

struct files {
	const struct pull_change *out;
	uint64_t listed;
	struct error *err;
	bool failed;
};

static struct str
text_at(const struct cJSON *item, const char *member)
{
	struct str text = STR("");

	json_string(json_at(item, member), &text);
	return text;
}

static uint64_t
number_at(const struct cJSON *item, const char *member)
{
	uint64_t number = 0;

	json_u64(json_at(item, member), &number);
	return number;
}

static bool
is_status(const struct cJSON *item, const char *wanted)
{
	return str_equal(text_at(item, "status"), str_of(wanted));
}

/* NULL: too many files. */
static struct diff_file *
add_file(const struct pull_change *out, const struct cJSON *item)
{
	struct str path = text_at(item, "filename");

	if (is_status(item, "added"))
		return diff_add_file(out->diff, path, STR(""), DIFF_CREATED);
	if (is_status(item, "removed"))
		return diff_add_file(out->diff, STR(""), path, DIFF_DELETED);
	if (is_status(item, "copied"))
		return diff_add_file(out->diff, path, STR(""), DIFF_COPIED);
	if (is_status(item, "renamed"))
		return diff_add_file(
		    out->diff, path, text_at(item, "previous_filename"), DIFF_RENAMED);
	return diff_add_file(out->diff, path, path, DIFF_CHANGED);
}

/* Without a patch nothing changed inside (renamed, binary), or too much for the server to tell. */
static void
add_patch(const struct pull_change *out, const struct cJSON *item, struct diff_file *file)
{
	struct str patch = text_at(item, "patch");
	uint64_t added = number_at(item, "additions");
	struct error why = {0};

	if (patch.length) {
		if (!diff_add_hunks(out->diff, patch, &why))
			note_missing(out, file->path, why.message);
		return;
	}
	file->opaque = added || number_at(item, "deletions");
	if (added)
		note_missing(out, file->path, "the server leaves out its patch");
}

static bool
take_file(void *context, const struct cJSON *item)
{
	struct files *files = context;
	struct str path = text_at(item, "filename");
	struct diff_file *file;

	files->listed++;
	if (!path.length || path.length > LIMIT_DIFF_NAME || is_status(item, "unchanged"))
		return true;
	file = add_file(files->out, item);
	if (file)
		add_patch(files->out, item, file);
	else
		files->failed = !fail(files->err, ERROR_LIMIT, "more than %u changed files",
		    LIMIT_DIFF_FILES);
	return file;
}

static bool
read_files(struct publication *publication, const struct pull_change *out, const char *path,
    struct error *err)
{
	struct files files = {.out = out, .err = err};
	struct strbuf list = {0};
	enum github_end end;

	strbuf_addf(&list, "%s/files", path);
	end = github_list(
	    &publication->github, strbuf_string(&list), NULL, take_file, &files, err);
	strbuf_clear(&list);
	if (end != GITHUB_DONE || files.failed)
		return false;
	if (files.listed < publication->pull.changed_files)
		audit_add(out->audit, AUDIT_WARNING, 0, "change-unknown",
		    "the server lists %" PRIu64 " of %" PRIu64 " changed files: the others are in no "
		    "number of the patch", files.listed, publication->pull.changed_files);
	return diff_finish(out->diff, err);
}

/* ---- the diff ------------------------------------------------------------------------------- */

/* A server that knows no diffs answers with something else. */
static bool
read_change(struct publication *publication, const struct pull_change *out, struct error *err)
{
	struct github *github = &publication->github;
	struct strbuf path = {0};
	enum github_end end;
	bool good;

	strbuf_addf(&path, "/repos/%s/pulls/%" PRIu64, publication->target.repository,
	    publication->pull.number);
	end = github_get_text(github, strbuf_string(&path), ACCEPT_DIFF, err);
	good = end == GITHUB_DONE && diff_parse(strbuf_str(&github->answer.body), out->diff, err);
	if (!good && (end == GITHUB_DONE || github->answer.status == TOO_LARGE)) {
		error_clear(err);
		good = read_files(publication, out, strbuf_string(&path), err);
	}
	strbuf_clear(&path);
	return good;
}

static bool
is_at_our_head(const struct publication *publication, struct error *err)
{
	const char *ours = publication->target.head;
	const char *theirs = publication->pull.head;

	return !*ours || strcmp(ours, theirs) == 0 ||
	    fail(err, ERROR_OUTPUT, "pull request %" PRIu64 " is at %.*s, and this run is of %.*s",
		publication->pull.number, ID_SHOWN, theirs, ID_SHOWN, ours);
}

static enum pull_change_end
ask(struct publication *publication, const struct pull_change *out, struct error *err)
{
	const struct pull *pull = &publication->pull;
	bool good;

	if (publication_pull(publication, err) != GITHUB_DONE)
		return PULL_CHANGE_UNKNOWN;
	if (!publication->has_pull)
		return PULL_CHANGE_NONE;
	publication->pull_asked = false;	/* it may have moved on when something is written */
	audit_begin(out->audit, STR(""));
	good = is_at_our_head(publication, err) && read_change(publication, out, err);
	audit_end(out->audit);
	if (!good)
		diff_clear(out->diff);
	else
		strbuf_addf(out->compared, "pull request %" PRIu64 " at %.*s, as the server tells it",
		    pull->number, ID_SHOWN, pull->head);
	return good ? PULL_CHANGE_KNOWN : PULL_CHANGE_UNKNOWN;
}

enum pull_change_end
pull_change(struct publication *publication, const struct publish_settings *settings,
    const struct pull_change *out, struct error *err)
{
	enum pull_change_end end;

	if (publication->target.queued || (!publication->target.pull && !out->search))
		return PULL_CHANGE_NONE;
	if (!publication_connect(publication, settings, err))
		return PULL_CHANGE_UNKNOWN;
	publication->github.brief = true;
	end = ask(publication, out, err);
	publication->github.brief = false;
	return end;
}
