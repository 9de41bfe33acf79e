/* The file of --quarantine, and which tests it means. */
#include "judge/quarantine.h"

#include "base/mem.h"
#include "base/suggest.h"
#include "base/timestamp.h"
#include "base/yaml.h"

#include <inttypes.h>
#include <stdlib.h>

/* ---- reading ---- */

struct field {
	const char *name;
	size_t target;
};

static const struct field fields[] = {
    {"pattern", offsetof(struct quarantine_entry, pattern)},
    {"stage", offsetof(struct quarantine_entry, stage)},
    {"reason", offsetof(struct quarantine_entry, reason)},
    {"owner", offsetof(struct quarantine_entry, owner)},
    {"until", offsetof(struct quarantine_entry, until)},
};

enum { FIELDS = sizeof(fields) / sizeof(*fields) };

static bool
unknown_key(const char *name, const struct yaml *member, struct error *err)
{
	char hint[SUGGEST_TEXT];
	struct suggestion near;

	suggest_begin(&near, member->key->text);
	for (size_t i = 0; i < FIELDS; i++)
		suggest_offer(&near, str_of(fields[i].name));
	return yaml_fail(name, member, err, "unknown key '%s'%s", member->key->text.s,
	    suggest_text(&near, "", hint));
}

static bool
read_member(
    const char *name, const struct yaml *member, struct quarantine_entry *entry, struct error *err)
{
	for (size_t i = 0; i < FIELDS; i++) {
		if (!str_equal(member->key->text, str_of(fields[i].name)))
			continue;
		if (member->kind != YAML_SCALAR)
			return yaml_fail(name, member, err, "'%s' is %s, not a text",
			    fields[i].name, yaml_kind_name(member->kind));
		memcpy((char *)entry + fields[i].target, &member->text, sizeof(member->text));
		return true;
	}
	return unknown_key(name, member, err);
}

/* A day counts to its end. */
static bool
parse_until(struct str text, uint64_t *seconds)
{
	struct strbuf day = {0};
	bool good;

	if (timestamp_parse(text, seconds))
		return true;
	strbuf_add_str(&day, text);
	strbuf_add_string(&day, "T23:59:59");
	good = timestamp_parse(strbuf_str(&day), seconds);
	strbuf_clear(&day);
	return good;
}

static bool
read_entry(
    const char *name, const struct yaml *item, struct quarantine *quarantine, struct error *err)
{
	struct quarantine_entry entry = {.pattern = STR(""),
	    .stage = STR(""),
	    .reason = STR(""),
	    .owner = STR(""),
	    .until = STR(""),
	    .expires = UINT64_MAX,
	    .line = item->line};

	if (item->kind != YAML_MAP)
		return yaml_fail(
		    name, item, err, "an entry is %s, not a map", yaml_kind_name(item->kind));
	for (const struct yaml *member = item->first; member; member = member->next)
		if (!read_member(name, member, &entry, err))
			return false;
	if (!entry.pattern.length)
		return yaml_fail(name, item, err, "an entry without 'pattern'");
	if (entry.until.length && !parse_until(entry.until, &entry.expires))
		return yaml_fail(
		    name, item, err, "'until' is no date (YYYY-MM-DD): '%s'", entry.until.s);
	MEM_GROW(quarantine->entries, quarantine->capacity, quarantine->count + 1);
	quarantine->entries[quarantine->count++] = entry;
	return true;
}

bool
quarantine_parse(
    const char *name, struct str text, struct quarantine *quarantine, struct error *err)
{
	struct yaml *root;

	if (!yaml_parse(name, text, &quarantine->arena, &root, err))
		return false;
	if (root && root->kind != YAML_LIST)
		return yaml_fail(
		    name, root, err, "%s, not a list of entries", yaml_kind_name(root->kind));
	for (const struct yaml *item = root ? root->first : NULL; item; item = item->next)
		if (!read_entry(name, item, quarantine, err))
			return false;
	return true;
}

/* ---- fitting ---- */

/* The last '*' takes more whenever the rest does not fit. */
bool
quarantine_fits(struct str pattern, struct str text)
{
	size_t p = 0, t = 0, star = SIZE_MAX, taken = 0;

	while (t < text.length) {
		if (p < pattern.length && pattern.s[p] == '*') {
			star = p++;
			taken = t;
		} else if (p < pattern.length &&
			   (pattern.s[p] == '?' || pattern.s[p] == text.s[t])) {
			p++;
			t++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			t = ++taken;
		} else {
			return false;
		}
	}
	while (p < pattern.length && pattern.s[p] == '*')
		p++;
	return p == pattern.length;
}

struct fitting {
	const struct result *result;
	struct strbuf scratch;
};

static bool
fits_test(struct fitting *f, const struct quarantine_entry *entry, test_id id)
{
	static const char *const between[] = {" > ", "::", "."};
	struct outcome_test test;

	outcome_test(&f->result->outcome, id, &test);
	if (entry->stage.length &&
	    !str_equal(entry->stage, report_stage(f->result->report, test.stage)))
		return false;
	if (quarantine_fits(entry->pattern, test.name))
		return true;
	for (size_t i = 0; i < sizeof(between) / sizeof(*between); i++) {
		strbuf_reset(&f->scratch);
		strbuf_add_str(&f->scratch, test.container);
		strbuf_add_string(&f->scratch, between[i]);
		strbuf_add_str(&f->scratch, test.name);
		if (quarantine_fits(entry->pattern, strbuf_str(&f->scratch)))
			return true;
	}
	return false;
}

/*
 * Gives the failing test at this place its entry: the first that excuses it, else the first that
 * would have.
 */
static void
find_entry(struct fitting *f, struct quarantine *quarantine, size_t place)
{
	const struct quarantine_entry *found = NULL;
	struct outcome_test test;

	for (size_t i = 0; i < quarantine->count && (!found || found->expired); i++) {
		struct quarantine_entry *entry = &quarantine->entries[i];

		if ((found && entry->expired) ||
		    !fits_test(f, entry, f->result->outcome.failing.ids[place]))
			continue;
		entry->used = true;
		found = entry;
	}
	quarantine->failing[place] = found;
	if (!found || found->expired)
		return;
	outcome_test(&f->result->outcome, f->result->outcome.failing.ids[place], &test);
	quarantine->excused += test.count;
}

static bool
fits_any(struct fitting *f, const struct quarantine_entry *entry, const struct test_list *tests)
{
	for (size_t i = 0; i < tests->count; i++)
		if (fits_test(f, entry, tests->ids[i]))
			return true;
	return false;
}

/* Looks for a test of each entry that none of the failing ones has used. */
static void
find_uses(struct fitting *f, struct quarantine *quarantine)
{
	struct test_list all = outcome_all(&f->result->outcome);

	for (size_t i = 0; i < quarantine->count; i++)
		quarantine->entries[i].used =
		    quarantine->entries[i].used || fits_any(f, &quarantine->entries[i], &all);
	free(all.ids);
}

static void
note(const char *name, const struct quarantine *quarantine, struct audit *audit)
{
	audit_begin(audit, str_of(name));
	audit->derived = true;
	for (size_t i = 0; i < quarantine->count; i++) {
		const struct quarantine_entry *entry = &quarantine->entries[i];

		if (entry->expired)
			audit_add(audit, AUDIT_NOTE, entry->line, "quarantine-expired",
			    "'%s' was in quarantine until %s: it excuses nothing any more",
			    entry->pattern.s, entry->until.s);
		else if (!entry->used)
			audit_add(audit, AUDIT_NOTE, entry->line, "quarantine-unused",
			    "'%s' fits no test", entry->pattern.s);
	}
	audit->derived = false;
	audit_end(audit);
}

void
quarantine_apply(const char *name, const struct result *result, struct quarantine *quarantine,
    struct audit *audit)
{
	struct fitting f = {.result = result};

	quarantine->failing =
	    mem_zalloc(result->outcome.failing.count, sizeof(*quarantine->failing));
	for (size_t i = 0; i < quarantine->count; i++)
		quarantine->entries[i].expired = quarantine->entries[i].expires < result->timestamp;
	for (size_t i = 0; i < result->outcome.failing.count; i++)
		find_entry(&f, quarantine, i);
	find_uses(&f, quarantine);
	note(name, quarantine, audit);
	strbuf_clear(&f.scratch);
}
