/*
 * Runs the suite of one module in an environment of which no test can depend, and closes with the
 * line that tests/run-all counts: "N passed, N failed".
 */
#include "unit.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

extern char **environ;

/* What a CI runner or a desk leaves in the environment and the program listens to. */
static bool
is_foreign(const char *variable, size_t length)
{
	static const char *const names[] = {"TZ", "LC_ALL", "NO_COLOR", "SOURCE_DATE_EPOCH"};

	if (strncmp(variable, "GITHUB_", strlen("GITHUB_")) == 0)
		return true;
	if (length > strlen("_proxy") && strncasecmp(variable + length - strlen("_proxy"), "_proxy",
	    strlen("_proxy")) == 0)
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (length == strlen(names[i]) && strncmp(variable, names[i], length) == 0)
			return true;
	}
	return false;
}

static void
clean_environment(void)
{
	char **next = environ;

	while (next != NULL && *next != NULL) {
		size_t length = strcspn(*next, "=");
		char name[256];

		if (length >= sizeof(name) || !is_foreign(*next, length)) {
			next++;
			continue;
		}
		memcpy(name, *next, length);
		name[length] = '\0';
		unsetenv(name);
	}
}

int
main(void)
{
	SRunner *runner = srunner_create(unit_suite());
	int failed;

	clean_environment();
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	printf("%d passed, %d failed\n", srunner_ntests_run(runner) - failed, failed);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
