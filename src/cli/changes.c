/* Which change a run is about. */
#include "cli/changes.h"

#include "base/git.h"
#include "base/input.h"
#include "base/log.h"
#include "base/tree.h"
#include "publish/environment.h"

#include <inttypes.h>
#include <stdlib.h>

enum { ID_SHOWN = 7 };

/* *top is the work tree around the root, owned; what leads from it to the root is kept. */
static bool
find_below(struct changes *changes, const char *root, char **top, struct error *err)
{
	size_t length;

	if (!tree_root(root, top, err))
		return false;
	length = strlen(*top);
	if (strncmp(root, *top, length) == 0 && root[length] == '/')
		strbuf_addf(&changes->below, "%s/", root + length + 1);
	return true;
}

/* ---- a diff that is given ---- */

static bool
read_file(struct changes *changes, const char *name, struct error *err)
{
	size_t length;
	char *text;
	bool good;

	if (!input_slurp(name, LIMIT_DIFF_BYTES, &text, &length, err))
		return false;
	good = diff_parse((struct str){text, length}, &changes->diff, err);
	free(text);
	if (good)
		return true;
	if (err->line)
		error_prefix(err, "line %" PRIu64 ": ", err->line);
	error_prefix(err, "'%s': ", name);
	return false;
}

static bool
load_file(struct changes *changes, const char *name, struct error *err)
{
	changes->known = read_file(changes, name, err);
	if (strcmp(name, "-") == 0)
		strbuf_add_string(&changes->compared, "the diff on standard input");
	else
		strbuf_addf(&changes->compared, "the diff '%s'", name);
	return changes->known;
}

/* ---- commits of the repository ---- */

static void
describe(struct changes *changes, const struct git_wish *wish, const struct git_pair *pair)
{
	if (pair->is_merge)
		strbuf_addf(&changes->compared, "merge %.*s against its first parent %.*s",
		    ID_SHOWN, pair->new_id, ID_SHOWN, pair->old_id);
	else
		strbuf_addf(&changes->compared, "HEAD %.*s against %.*s, where it left %s",
		    ID_SHOWN, pair->new_id, ID_SHOWN, pair->old_id, wish->base);
}

static bool
load_commits(struct changes *changes, const struct git_wish *wish, const char *top,
    struct error *err)
{
	struct git_pair pair;
	struct git *git;

	if (!git_is_root(top))
		return fail(err, ERROR_USAGE, "'%s' is in no git repository", top);
	if (!git_open(top, &git, err))
		return false;
	changes->known = git_changes(git, wish, &changes->diff, &pair, err);
	git_free(git);
	if (changes->known)
		describe(changes, wish, &pair);
	return changes->known;
}

/* ---- the pull request that the job is of ---- */

/* Whether --diff-base names the branch that the pull request is for. */
static bool
is_pull_base(const char *name, const struct environment_pull *pull)
{
	struct str branch = str_of(name);

	if (str_starts(branch, STR("origin/")))
		branch = str_of(name + strlen("origin/"));
	return branch.length && str_equal(branch, str_of(pull->base));
}

/* Asks the server, if the run talks to it anyway; false without an error: nobody knows of one. */
static bool
ask(struct changes *changes, const struct changes_from *from, struct error *err)
{
	struct pull_change out = {&changes->diff, &changes->compared, from->audit, false};

	changes->known = publishing_change(from->publishing, from->settings, &out, err) ==
	    PULL_CHANGE_KNOWN;
	return changes->known;
}

/* What history lacks, the server may know; `err` keeps both reasons. */
static bool
ask_instead(struct changes *changes, const struct changes_from *from, struct error *err)
{
	struct error why = {0};

	if (ask(changes, from, &why)) {
		log_detail("asked the server what changed, for %s", err->message);
		error_clear(err);
	} else if (why.code) {
		error_prefix(&why, "%s; ", err->message);
		fail(err, err->code, "%s", why.message);
	}
	return changes->known;
}

static bool
load_base(struct changes *changes, const struct changes_from *from,
    const struct environment_pull *pull, const char *top, struct error *err)
{
	struct git_wish wish = {.base = from->settings->diff_base, .merge = ""};
	bool of_pull = is_pull_base(wish.base, pull);

	if (of_pull)
		wish.merge = pull->merge;
	return load_commits(changes, &wish, top, err) ||
	    (of_pull && ask_instead(changes, from, err));
}

/* Nobody asked for it: what can't be had is noted. */
static void
load_pull(struct changes *changes, const struct changes_from *from,
    const struct environment_pull *pull, const char *top)
{
	struct git_wish wish = {.base = pull->base, .remote_first = true, .merge = pull->merge};
	struct error err = {0};

	if (!*pull->base)
		ask(changes, from, &err);
	else if (!load_commits(changes, &wish, top, &err))
		ask_instead(changes, from, &err);
	if (!err.code)
		return;
	audit_begin(from->audit, STR(""));
	audit_add(from->audit, AUDIT_NOTE, 0, "change-unknown",
	    "what the pull request changed is not known: %s", err.message);
	audit_end(from->audit);
}

static bool
load(struct changes *changes, const struct changes_from *from, const char *top,
    struct error *err)
{
	const struct settings *settings = from->settings;
	struct environment_pull pull = environment_pull();
	const char *option = settings->diff ? "diff" : "diff-base";

	if (settings->diff)
		load_file(changes, settings->diff, err);
	else if (settings->diff_base)
		load_base(changes, from, &pull, top, err);
	else
		load_pull(changes, from, &pull, top);
	if (!err->code)
		return true;
	err->code = ERROR_USAGE;
	error_prefix(err, "--%s: ", option);
	return false;
}

bool
changes_load(struct changes *changes, const struct changes_from *from, struct error *err)
{
	char *top = NULL;
	bool good = find_below(changes, from->root, &top, err) && load(changes, from, top, err);

	free(top);
	if (changes->known)
		log_detail("the change: %s: %zu files", strbuf_string(&changes->compared),
		    changes->diff.file_count);
	return good;
}

struct change_given
changes_given(const struct changes *changes, const struct settings *settings)
{
	return (struct change_given){
	    .diff = changes->known ? &changes->diff : NULL,
	    .compared = strbuf_string(&changes->compared),
	    .below = strbuf_str(&changes->below),
	    .filter = settings->filter,
	};
}

void
changes_release(struct changes *changes)
{
	diff_clear(&changes->diff);
	strbuf_clear(&changes->compared);
	strbuf_clear(&changes->below);
}
