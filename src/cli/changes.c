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
load_file(struct changes *changes, const char *name, const char *root, struct error *err)
{
	char *top = NULL;
	bool good = find_below(changes, root, &top, err) && read_file(changes, name, err);

	free(top);
	if (strcmp(name, "-") == 0)
		strbuf_add_string(&changes->compared, "the diff on standard input");
	else
		strbuf_addf(&changes->compared, "the diff '%s'", name);
	return good;
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
compare(struct changes *changes, const struct git_wish *wish, const char *top, struct error *err)
{
	struct git_pair pair;
	struct git *git;
	bool good;

	if (!git_is_root(top))
		return fail(err, ERROR_USAGE, "'%s' is in no git repository", top);
	if (!git_open(top, &git, err))
		return false;
	good = git_changes(git, wish, &changes->diff, &pair, err);
	git_free(git);
	if (good)
		describe(changes, wish, &pair);
	return good;
}

static bool
load_commits(
    struct changes *changes, const struct git_wish *wish, const char *root, struct error *err)
{
	char *top = NULL;
	bool good = find_below(changes, root, &top, err) && compare(changes, wish, top, err);

	free(top);
	return good;
}

/* Whether --diff-base names the branch that the pull request is for. */
static bool
is_pull_base(const char *name, const struct environment_pull *pull)
{
	struct str branch = str_of(name);

	if (str_starts(branch, STR("origin/")))
		branch = str_of(name + strlen("origin/"));
	return branch.length && str_equal(branch, str_of(pull->base));
}

/* Nobody asked for it: what can't be had is noted. */
static void
load_pull(struct changes *changes, const struct environment_pull *pull, const char *root,
    struct audit *audit)
{
	struct git_wish wish = {.base = pull->base, .remote_first = true, .merge = pull->merge};
	struct error err = {0};

	changes->known = load_commits(changes, &wish, root, &err);
	if (changes->known)
		return;
	audit_begin(audit, STR(""));
	audit_add(audit, AUDIT_NOTE, 0, "change-unknown",
	    "what the pull request changed is not known: %s", err.message);
	audit_end(audit);
}

static bool
explain(const char *option, struct error *err)
{
	err->code = ERROR_USAGE;
	error_prefix(err, "--%s: ", option);
	return false;
}

bool
changes_load(struct changes *changes, const struct settings *settings, const char *root,
    struct audit *audit, struct error *err)
{
	struct environment_pull pull = environment_pull();
	struct git_wish wish = {.base = settings->diff_base, .merge = ""};

	if (settings->diff) {
		changes->known = load_file(changes, settings->diff, root, err);
		if (!changes->known)
			return explain("diff", err);
	} else if (settings->diff_base) {
		wish.merge = is_pull_base(settings->diff_base, &pull) ? pull.merge : "";
		changes->known = load_commits(changes, &wish, root, err);
		if (!changes->known)
			return explain("diff-base", err);
	} else if (*pull.base) {
		load_pull(changes, &pull, root, audit);
	}
	if (changes->known)
		log_detail("the change: %s: %zu files", strbuf_string(&changes->compared),
		    changes->diff.file_count);
	return true;
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
