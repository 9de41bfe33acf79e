/* The runner's variables and event payload. */
#include "publish/environment.h"

#include "base/input.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/number.h"

#include <stdio.h>
#include <stdlib.h>

static const char *
variable(const char *name)
{
	const char *value = getenv(name);

	return value ? value : "";
}

static bool
is_name_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '-' || c == '_' || c == '.';
}

/* A part of a path that no server takes for a step upward. */
static bool
is_name(struct str name)
{
	for (size_t i = 0; i < name.length; i++)
		if (!is_name_character(name.s[i]))
			return false;
	return name.length && !str_equal(name, STR(".")) && !str_equal(name, STR(".."));
}

bool
is_repository(struct str name)
{
	const char *slash = name.length ? memchr(name.s, '/', name.length) : NULL;
	size_t owner = slash ? (size_t)(slash - name.s) : 0;

	return slash && is_name((struct str){name.s, owner}) &&
	    is_name((struct str){slash + 1, name.length - owner - 1});
}

bool
is_sha(struct str text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!strchr("0123456789abcdef", text.s[i]) || !text.s[i])
			return false;
	return text.length == 40 || text.length == 64;
}

static const char *
repository_variable(void)
{
	const char *name = variable("GITHUB_REPOSITORY");

	if (!*name || is_repository(str_of(name)))
		return name;
	log_notice("GITHUB_REPOSITORY is no OWNER/NAME: '%s'", name);
	return "";
}

/* A URL that can stand in a link of Markdown as it is. */
static const char *
server_variable(void)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789.-_~:/";
	const char *url = variable("GITHUB_SERVER_URL");
	bool web = str_starts(str_of(url), STR("https://")) ||
	    str_starts(str_of(url), STR("http://"));

	if (!*url || (web && url[strspn(url, plain)] == '\0'))
		return url;
	log_notice("GITHUB_SERVER_URL is no address of a server: '%s'", url);
	return "";
}

static void
read_sha(struct environment *environment)
{
	const char *sha = variable("GITHUB_SHA");

	if (is_sha(str_of(sha)))
		snprintf(environment->sha, sizeof(environment->sha), "%s", sha);
	else if (*sha)
		log_notice("GITHUB_SHA is no commit id: '%s'", sha);
}

static uint64_t
number_variable(const char *name)
{
	const char *value = variable(name);
	uint64_t number;

	if (number_u64(str_of(value), &number) == NUMBER_OK)
		return number;
	if (*value)
		log_notice("%s is no number: '%s'", name, value);
	return 0;
}

static void
read_event(struct environment *environment)
{
	const char *path = variable("GITHUB_EVENT_PATH");
	struct error err = {0};
	char *text = NULL;
	size_t length;

	if (!*path)
		return;
	if (!input_slurp(path, LIMIT_EVENT_BYTES, &text, &length, &err) ||
	    !json_parse((struct str){text, length}, &environment->event, &err))
		log_notice("the event payload cannot be used: %s: %s", path, err.message);
	free(text);
}

bool
environment_is_runner(void)
{
	return strcmp(variable("GITHUB_ACTIONS"), "true") == 0;
}

void
environment_read(struct environment *environment)
{
	*environment = (struct environment){
	    .actions = environment_is_runner(),
	    .summary_path = variable("GITHUB_STEP_SUMMARY"),
	    .outputs_path = variable("GITHUB_OUTPUT"),
	    .repository = repository_variable(),
	    .api_url = variable("GITHUB_API_URL"),
	    .server_url = server_variable(),
	    .token = variable("GITHUB_TOKEN"),
	    .ref = variable("GITHUB_REF"),
	    .run = number_variable("GITHUB_RUN_ID"),
	    .attempt = number_variable("GITHUB_RUN_ATTEMPT"),
	};
	read_sha(environment);
	read_event(environment);
}

void
environment_release(struct environment *environment)
{
	json_free(environment->event);
	environment->event = NULL;
}

struct environment_pull
environment_pull(void)
{
	struct str ref = str_of(variable("GITHUB_REF"));
	bool merged = str_starts(ref, STR("refs/pull/")) && str_ends(ref, STR("/merge"));

	return (struct environment_pull){
	    .base = variable("GITHUB_BASE_REF"),
	    .merge = merged ? variable("GITHUB_SHA") : "",
	};
}
