/*
 * Resolves the names of one report, all together: what some match is a hint for the others
 * (COVERAGE 1.2).
 */
#include "merge/paths.h"

#include "base/log.h"
#include "base/mem.h"
#include "merge/path_match.h"

#include <inttypes.h>
#include <stdlib.h>

/* How a name came to its path. */
enum way {
	WAY_KEPT,	/* nothing matched */
	WAY_RULE,	/* nothing matched what a rule made of it */
	WAY_FOLDER,	/* nothing matched, but the one root is a folder of the tree */
	WAY_URL,
	WAY_EXACT,
	WAY_SUFFIX,
	WAY_FOLDED,
	WAY_INFERRED,
	WAY_TIE,	/* several files match: the name is kept */
	WAY_TWO_ROOTS,	/* joins with two roots are files: the name is kept */
};

static const char *const way_words[] = {
	[WAY_KEPT] = "no file of the repository matches",
	[WAY_RULE] = "as --map or --strip made it",
	[WAY_FOLDER] = "joined with the one source root",
	[WAY_URL] = "a URL is a name",
	[WAY_EXACT] = "file of the repository by the name",
	[WAY_SUFFIX] = "suffix match of",
	[WAY_FOLDED] = "suffix match, case folded, of",
	[WAY_INFERRED] = "prefix inferred from other names, on",
	[WAY_TIE] = "kept, several files match",
	[WAY_TWO_ROOTS] = "kept, joins with two source roots are files",
};

struct outcome {
	enum way way;
	uint32_t path;		/* string id of intake->strings */
	uint32_t reading;	/* string id of resolver->texts: what was matched */
};

/* One vote for an inferred prefix: string ids of resolver->texts. */
struct vote {
	uint32_t from;
	uint32_t to;
};

struct resolver {
	const struct path_settings *settings;
	const struct tree *tree;
	struct intake *intake;
	struct path_grounds grounds;
	struct path_readings readings;	/* of the name at hand */
	struct path_hits hits;
	struct strpool texts;
	struct outcome *outcomes;	/* of the files of the intake */
	struct vote *votes;
	size_t vote_count;
	size_t vote_capacity;
	struct path_prefix prefix;
	bool has_prefix;
};

static struct str
file_name(const struct intake *intake, size_t index)
{
	return strpool_get(&intake->strings, intake->files[index].name);
}

static struct outcome
outcome_of(struct resolver *resolver, enum way way, struct str path, struct str reading)
{
	return (struct outcome){way, strpool_add(&resolver->intake->strings, path),
	    strpool_add(&resolver->texts, reading)};
}

/*
 * What a suffix match was made of: where several joins hit alike, none of them but the name itself.
 */
static struct str
matched_reading(const struct resolver *resolver)
{
	const struct path_hits *hits = &resolver->hits;

	if (hits->joins > 1 && resolver->readings.plain)
		return resolver->readings.given;
	return resolver->readings.joins[hits->hits[0].join].path;
}

/* COVERAGE 1.2e */
static void
cast_vote(struct resolver *resolver, struct str path)
{
	size_t shared = resolver->hits.shared;
	struct str reading = matched_reading(resolver);
	struct path_prefix prefix;

	if (shared > path_parts(reading))
		shared = path_parts(reading);
	prefix = path_prefix_of(reading, path, shared);
	if (str_equal(prefix.from, prefix.to))
		return;		/* only case differs */
	MEM_GROW(resolver->votes, resolver->vote_capacity, resolver->vote_count + 1);
	resolver->votes[resolver->vote_count++] = (struct vote){
	    strpool_add(&resolver->texts, prefix.from), strpool_add(&resolver->texts, prefix.to)};
}

/* Joins the name with the one root that is a folder of the tree, where it stays below --root. */
static bool
join_folder(const struct resolver *resolver, struct strbuf *join)
{
	if (!resolver->grounds.has_folder || !resolver->readings.given.length)
		return false;
	path_join(resolver->grounds.folder, resolver->readings.given, join);
	return !path_is_outside(strbuf_str(join));
}

/* COVERAGE 1.2f */
static struct outcome
kept(struct resolver *resolver, enum way way)
{
	const struct path_readings *readings = &resolver->readings;
	struct str path = readings->name;
	struct strbuf join = {0};
	struct outcome outcome;

	if (way == WAY_KEPT && readings->ruled)
		way = WAY_RULE;
	else if (way == WAY_KEPT && join_folder(resolver, &join)) {
		way = WAY_FOLDER;
		path = strbuf_str(&join);
	}
	outcome = outcome_of(resolver, way, path, path);
	strbuf_clear(&join);
	return outcome;
}

static struct outcome
match_suffix(struct resolver *resolver)
{
	struct path_hits *hits = &resolver->hits;
	enum way way;
	struct str path;

	path_suffix(resolver->tree, &resolver->readings, hits);
	if (hits->files != 1)
		return kept(resolver, hits->files ? WAY_TIE : WAY_KEPT);
	way = hits->folded ? WAY_FOLDED : WAY_SUFFIX;
	path = tree_path(resolver->tree, hits->hits[0].range.places[0]);
	return outcome_of(resolver, way, path, matched_reading(resolver));
}

/*
 * Everything but the inferred prefix; leaves the readings, and for a suffix match the hits, behind.
 */
static struct outcome
match(struct resolver *resolver, struct str name)
{
	struct path_readings *readings = &resolver->readings;
	size_t places[2], found;

	path_read(&resolver->grounds, name, readings);
	if (readings->url)
		return outcome_of(resolver, WAY_URL, readings->name, readings->name);
	if (!readings->name.length)
		return outcome_of(resolver, WAY_KEPT, name, name);
	if (!tree_count(resolver->tree))
		return kept(resolver, WAY_KEPT);
	found = path_exact(resolver->tree, readings, places);
	if (found == 1) {
		struct str path = tree_path(resolver->tree, places[0]);

		return outcome_of(resolver, WAY_EXACT, path, path);
	}
	return found ? kept(resolver, WAY_TWO_ROOTS) : match_suffix(resolver);
}

static int
compare_votes(const void *a, const void *b)
{
	const struct vote *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to > y->to) - (x->to < y->to);
}

/* Takes the prefix with strictly most votes; leaves none where two are level. */
static void
count_votes(struct resolver *resolver)
{
	struct vote *votes = resolver->votes;
	size_t most = 0, end;

	if (votes)
		qsort(votes, resolver->vote_count, sizeof(*votes), compare_votes);
	for (size_t i = 0; i < resolver->vote_count; i = end) {
		end = i + 1;
		while (end < resolver->vote_count && !compare_votes(&votes[i], &votes[end]))
			end++;
		if (end - i < most)
			continue;
		resolver->has_prefix = end - i > most;
		most = end - i;
		resolver->prefix.from = strpool_get(&resolver->texts, votes[i].from);
		resolver->prefix.to = strpool_get(&resolver->texts, votes[i].to);
	}
}

/* COVERAGE 1.2e, for a name whose readings are at hand. */
static bool
infer(struct resolver *resolver, struct outcome *outcome)
{
	struct path_readings *readings = &resolver->readings;
	struct strbuf path = {0};
	struct str reading;
	bool ok = path_prefix_apply(&resolver->prefix, resolver->tree, readings,
	    outcome->way == WAY_TIE, &path, &reading);

	if (ok)
		*outcome = outcome_of(resolver, WAY_INFERRED, strbuf_str(&path), reading);
	strbuf_clear(&path);
	return ok;
}

static bool
may_infer(const struct outcome *outcome)
{
	return outcome->way <= WAY_FOLDER || outcome->way == WAY_TIE;
}

static void
resolve_all(struct resolver *resolver)
{
	struct intake *intake = resolver->intake;
	size_t inferred = 0;

	resolver->outcomes = mem_zalloc(intake->file_count, sizeof(*resolver->outcomes));
	for (size_t i = 0; i < intake->file_count; i++) {
		struct outcome *outcome = &resolver->outcomes[i];

		*outcome = match(resolver, file_name(intake, i));
		if (outcome->way == WAY_SUFFIX || outcome->way == WAY_FOLDED)
			cast_vote(resolver, strpool_get(&intake->strings, outcome->path));
	}
	count_votes(resolver);
	for (size_t i = 0; resolver->has_prefix && i < intake->file_count; i++) {
		if (!may_infer(&resolver->outcomes[i]))
			continue;
		path_read(&resolver->grounds, file_name(intake, i), &resolver->readings);
		inferred += infer(resolver, &resolver->outcomes[i]);
	}
	if (inferred)
		log_detail("%s: inferred prefix '%s' -> '%s' for %zu name%s", intake->audit.report,
		    resolver->prefix.from.s, resolver->prefix.to.s, inferred,
		    inferred == 1 ? "" : "s");
}

/* Names up to four of the files that matched, in their order. */
static void
audit_tie(struct resolver *resolver, struct str name, uint64_t line)
{
	struct strbuf files = {0};
	size_t places[4];
	size_t count;

	path_read(&resolver->grounds, name, &resolver->readings);
	path_suffix(resolver->tree, &resolver->readings, &resolver->hits);
	count = path_hits_places(&resolver->hits, places, 4);
	for (size_t i = 0; i < count; i++)
		strbuf_addf(&files, "%s'%s'", i ? ", " : "",
		    tree_path(resolver->tree, places[i]).s);
	if (resolver->hits.files > count)
		strbuf_addf(&files, " and %zu more", resolver->hits.files - count);
	audit_add(&resolver->intake->audit, AUDIT_ERROR, line, "path-ambiguous",
	    "'%s' may be %s: the name is kept", name.s, files.s);
	strbuf_clear(&files);
}

static void
audit_two_roots(struct resolver *resolver, struct str name, uint64_t line)
{
	size_t places[2];

	path_read(&resolver->grounds, name, &resolver->readings);
	path_exact(resolver->tree, &resolver->readings, places);
	audit_add(&resolver->intake->audit, AUDIT_ERROR, line, "path-two-roots",
	    "'%s' may be '%s' or '%s', which are below two source roots: the name is kept", name.s,
	    tree_path(resolver->tree, places[0]).s, tree_path(resolver->tree, places[1]).s);
}

static void
audit_name(struct resolver *resolver, size_t index)
{
	struct intake *intake = resolver->intake;
	struct audit *audit = &intake->audit;
	const struct outcome *outcome = &resolver->outcomes[index];
	struct str name = file_name(intake, index);
	struct str path = strpool_get(&intake->strings, outcome->path);
	uint64_t line = intake->files[index].line;

	if (outcome->way == WAY_TIE)
		audit_tie(resolver, name, line);
	else if (outcome->way == WAY_TWO_ROOTS)
		audit_two_roots(resolver, name, line);
	if (outcome->way == WAY_URL)
		audit_add(audit, AUDIT_NOTE, line, "path-url",
		    "'%s' is a URL: counted by that name, never fetched", name.s);
	else if (path_is_outside(path))
		audit_add(audit, AUDIT_WARNING, line, "path-outside",
		    "'%s' is outside of the root: counted, never read", name.s);
	log_detail("%s: '%s' is '%s': %s '%s'", audit->report, name.s, path.s,
	    way_words[outcome->way], strpool_get(&resolver->texts, outcome->reading).s);
}

struct named_path {
	uint32_t path;
	uint32_t index;
};

static int
compare_paths(const void *a, const void *b)
{
	const struct named_path *x = a, *y = b;

	if (x->path != y->path)
		return x->path < y->path ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

/*
 * Two names of different files that became one path: separators and case alone make no two files.
 */
static void
audit_clash(struct resolver *resolver, size_t a, size_t b)
{
	struct intake *intake = resolver->intake;
	struct str x = strpool_get(&resolver->texts, resolver->outcomes[a].reading);
	struct str y = strpool_get(&resolver->texts, resolver->outcomes[b].reading);

	if (!str_equal_fold(x, y))
		audit_add(&intake->audit, AUDIT_ERROR, intake->files[b].line, "path-two-roots",
		    "'%s' and '%s' are two files that both became '%s'", file_name(intake, a).s,
		    file_name(intake, b).s, strpool_get(&intake->strings,
		    resolver->outcomes[b].path).s);
}

static void
audit_clashes(struct resolver *resolver)
{
	size_t count = resolver->intake->file_count, first = 0;
	struct named_path *names = mem_zalloc(count, sizeof(*names));

	for (size_t i = 0; i < count; i++)
		names[i] = (struct named_path){resolver->outcomes[i].path, (uint32_t)i};
	qsort(names, count, sizeof(*names), compare_paths);
	for (size_t i = 1; i < count; i++) {
		if (names[i].path != names[first].path)
			first = i;
		else
			audit_clash(resolver, names[first].index, names[i].index);
	}
	free(names);
}

static void
resolver_init(struct resolver *resolver, const struct path_settings *settings,
    struct intake *intake,
    struct audit *audit)
{
	*resolver = (struct resolver){.settings = settings, .tree = settings->tree,
	    .intake = intake};
	path_grounds_init(&resolver->grounds, settings, intake, audit);
	resolve_all(resolver);
}

static void
resolver_clear(struct resolver *resolver)
{
	path_grounds_clear(&resolver->grounds);
	path_readings_clear(&resolver->readings);
	path_hits_clear(&resolver->hits);
	strpool_clear(&resolver->texts);
	free(resolver->outcomes);
	free(resolver->votes);
}

void
paths_resolve(const struct path_settings *settings, struct intake *intake)
{
	struct resolver resolver;

	resolver_init(&resolver, settings, intake, &intake->audit);
	for (size_t i = 0; i < intake->file_count; i++) {
		intake->files[i].path = resolver.outcomes[i].path;
		audit_name(&resolver, i);
	}
	audit_clashes(&resolver);
	resolver_clear(&resolver);
}

struct str
paths_explain(const struct path_settings *settings, struct intake *intake, struct str name,
    struct strbuf *why)
{
	struct resolver resolver;
	struct outcome outcome;

	resolver_init(&resolver, settings, intake, NULL);
	outcome = match(&resolver, name);
	if (resolver.has_prefix && may_infer(&outcome))
		infer(&resolver, &outcome);
	strbuf_addf(why, "%s '%s'", way_words[outcome.way], strpool_get(&resolver.texts,
	    outcome.reading).s);
	resolver_clear(&resolver);
	return strpool_get(&intake->strings, outcome.path);
}
