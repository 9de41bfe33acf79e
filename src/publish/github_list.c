/* Lists, page after page (GITHUB 1, Pagination). */
#include "publish/github_url.h"

#include "base/json.h"
#include "base/number.h"

#include <inttypes.h>

enum { PAGES_MOST = 100, PER_PAGE = 100 };

/* ---- links ---------------------------------------------------------------------------------- */

/* Takes what stands before the first `sign` off the front, and the sign; false without one. */
static bool
take_until(struct str *text, char sign, struct str *head)
{
	const char *found = text->length ? memchr(text->s, sign, text->length) : NULL;

	if (!found)
		return false;
	*head = (struct str){text->s, (size_t)(found - text->s)};
	*text = (struct str){found + 1, text->length - head->length - 1};
	return true;
}

/* Whether the parameters of a link (`; rel="next"; ...`) hold this relation. */
static bool
has_relation(struct str parameters, struct str relation)
{
	struct str one;
	bool more = true;

	while (more) {
		more = take_until(&parameters, ';', &one);
		if (!more)
			one = parameters;
		one = str_trim(one);
		if (!str_starts(one, STR("rel=")))
			continue;
		one = (struct str){one.s + 4, one.length - 4};
		if (one.length > 1 && one.s[0] == '"' && one.s[one.length - 1] == '"')
			one = (struct str){one.s + 1, one.length - 2};
		return str_equal_fold(one, relation);
	}
	return false;
}

enum link
link_next(struct str header, struct str *next)
{
	enum link found = LINK_NONE;
	struct str before, url, parameters;

	while (take_until(&header, '<', &before)) {
		if (!take_until(&header, '>', &url))
			return LINK_NONE;
		if (!take_until(&header, ',', &parameters))
			parameters = header;
		found = LINK_LAST;
		if (!has_relation(parameters, STR("next")))
			continue;
		*next = url;
		return LINK_NEXT;
	}
	return found;
}

uint64_t
page_of(struct str url)
{
	struct str query, one;
	uint64_t page = 0;
	bool more = take_until(&url, '?', &query);

	while (more) {
		more = take_until(&url, '&', &one);
		if (!more)
			one = url;
		if (str_starts(one, STR("page=")) &&
		    number_u64((struct str){one.s + 5, one.length - 5}, &page) == NUMBER_OK)
			return page;
	}
	return 0;
}

/* ---- pages ---------------------------------------------------------------------------------- */

struct listing {
	struct github *github;
	const char *path;
	const char *member;
	github_item *item;
	void *context;
	struct strbuf url;
	uint64_t page;
	uint64_t count;		/* elements of the page at hand */
	bool ended;		/* `item` wants no more */
};

static void
set_page(struct listing *list, uint64_t page)
{
	strbuf_reset(&list->url);
	strbuf_addf(&list->url, "%s%s%cper_page=%d&page=%" PRIu64, list->github->base, list->path,
	    strchr(list->path, '?') ? '&' : '?', PER_PAGE, page);
	list->page = page;
}

/*
 * Turns to the next page; false: there is none.  A full page whose links are missing or broken may
 * have one behind it.
 */
static bool
turn_page(struct listing *list)
{
	struct str header = STR(""), next;
	enum link link = LINK_NONE;
	uint64_t page;

	if (http_header(&list->github->answer, "link", &header))
		link = link_next(header, &next);
	if (link != LINK_NEXT) {
		if (link == LINK_NONE && list->count == PER_PAGE)
			set_page(list, list->page + 1);
		return link == LINK_NONE && list->count == PER_PAGE;
	}
	page = page_of(next);
	if (page <= list->page)
		return false;
	list->page = page;
	strbuf_reset(&list->url);
	strbuf_add_str(&list->url, next);
	if (!http_same_origin(strbuf_string(&list->url), list->github->base))
		set_page(list, page);
	return true;
}

static void
take_items(struct listing *list, const struct cJSON *items)
{
	list->count = 0;
	for (const struct cJSON *one = json_first(items); one; one = json_next(one)) {
		list->count++;
		list->ended = !list->item(list->context, one);
		if (list->ended)
			return;
	}
}

static enum github_end
read_page(struct listing *list, struct error *err)
{
	struct cJSON *json;
	const struct cJSON *items;
	enum github_end how = github_call_url(list->github, "GET", strbuf_string(&list->url),
	    STR(""), &json, err);

	if (how != GITHUB_DONE)
		return how;
	items = list->member ? json_at(json, list->member) : json;
	if (!json_is_array(items)) {
		fail(err, ERROR_OUTPUT, "an answer that is no list: GET %s",
		    strbuf_string(&list->url));
		how = GITHUB_FAILED;
		items = NULL;
	}
	take_items(list, items);
	json_free(json);
	return how;
}

enum github_end
github_list(struct github *github, const char *path, const char *member, github_item *item,
    void *context, struct error *err)
{
	struct listing list = {github, path, member, item, context, {0}, 1, 0, false};
	enum github_end how;

	set_page(&list, 1);
	for (int pages = 0; pages < PAGES_MOST; pages++) {
		how = read_page(&list, err);
		if (how != GITHUB_DONE || list.ended || !turn_page(&list))
			break;
	}
	strbuf_clear(&list.url);
	return how;
}
