/* What became of one case. */
#include "read/status.h"

static const struct {
	struct str text;
	enum word word;
} words[] = {
	{ { "run", 3 }, WORD_PASSED },
	{ { "completed", 9 }, WORD_PASSED },
	{ { "complete", 8 }, WORD_PASSED },
	{ { "executed", 8 }, WORD_PASSED },
	{ { "passed", 6 }, WORD_PASSED },
	{ { "pass", 4 }, WORD_PASSED },
	{ { "success", 7 }, WORD_PASSED },
	{ { "successful", 10 }, WORD_PASSED },
	{ { "succeeded", 9 }, WORD_PASSED },
	{ { "ok", 2 }, WORD_PASSED },
	{ { "failed", 6 }, WORD_FAILED },
	{ { "fail", 4 }, WORD_FAILED },
	{ { "failure", 7 }, WORD_FAILED },
	{ { "error", 5 }, WORD_ERROR },
	{ { "errored", 7 }, WORD_ERROR },
	{ { "broken", 6 }, WORD_ERROR },
	{ { "notrun", 6 }, WORD_NOTRUN },
	{ { "skipped", 7 }, WORD_SKIPPED },
	{ { "ignored", 7 }, WORD_SKIPPED },
	{ { "untested", 8 }, WORD_SKIPPED },
	{ { "disabled", 8 }, WORD_DISABLED },
	{ { "suppressed", 10 }, WORD_DISABLED },
	{ { "pending", 7 }, WORD_TODO },
	{ { "todo", 4 }, WORD_TODO },
};

enum word
word_parse(struct str text)
{
	text = str_trim(text);
	if (!text.length)
		return WORD_NONE;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_equal_fold(words[i].text, text))
			return words[i].word;
	return WORD_UNKNOWN;
}

static bool
starts_fold(struct str s, struct str head)
{
	return s.length >= head.length && str_equal_fold((struct str){s.s, head.length}, head);
}

void
evidence_skip(struct evidence *evidence, struct str type, struct str message)
{
	evidence->skips++;
	if (str_equal_fold(type, STR("xfail")) || str_equal_fold(type, STR("pytest.xfail")) ||
	    starts_fold(message, STR("expected failure")))
		evidence->skip = SKIP_EXPECTED;
	else if (str_equal_fold(type, STR("todo")) || starts_fold(message, STR("todo")))
		evidence->skip = SKIP_TODO;
	else if (str_equal_fold(type, STR("disabled")))
		evidence->skip = SKIP_DISABLED;
	if (str_starts(str_trim(message), STR("Unable to find executable")))
		evidence->not_found = true;
}

static bool
says(const struct evidence *evidence, enum word word)
{
	return evidence->status == word || evidence->result == word;
}

static enum test_status
main_status(const struct evidence *evidence)
{
	if (evidence->errors || (evidence->not_found && says(evidence, WORD_NOTRUN)))
		return TEST_ERROR;
	if (evidence->failures)
		return TEST_FAILED;
	if (says(evidence, WORD_ERROR))
		return TEST_ERROR;
	if (says(evidence, WORD_FAILED))
		return TEST_FAILED;
	if (evidence->skips || says(evidence, WORD_SKIPPED) || says(evidence, WORD_NOTRUN) ||
	    says(evidence, WORD_DISABLED) || says(evidence, WORD_TODO))
		return TEST_SKIPPED;
	return TEST_PASSED;
}

static enum skip_kind
skip_kind(const struct evidence *evidence)
{
	if (evidence->skip != SKIP_PLAIN)
		return evidence->skip;
	if (says(evidence, WORD_DISABLED))
		return SKIP_DISABLED;
	return says(evidence, WORD_TODO) ? SKIP_TODO : SKIP_PLAIN;
}

/* TESTS R2: what the markers of earlier and later attempts make of the main status. */
static void
judge_markers(const struct evidence *evidence, struct judgement *judgement)
{
	judgement->attempts = 1 + evidence->flakies + evidence->reruns;
	if (judgement->status == TEST_SKIPPED) {
		judgement->status = TEST_FAILED;
		judgement->code = "skipped-rerun";
		judgement->note = "a skipped test with failed attempts counts as failed";
		return;
	}
	judgement->flaky = evidence->flakies > 0;
	if (judgement->status != TEST_PASSED || !evidence->reruns)
		return;
	judgement->status = TEST_FAILED;
	judgement->code = "rerun-without-failure";
	judgement->note = "a test with failed reruns counts as failed though no failure is its own";
}

struct judgement
evidence_judge(const struct evidence *evidence)
{
	struct judgement judgement = {.status = main_status(evidence), .attempts = 1};

	if (evidence->flakies || evidence->reruns)
		judge_markers(evidence, &judgement);
	if (judgement.status == TEST_SKIPPED)
		judgement.skip = skip_kind(evidence);
	return judgement;
}
