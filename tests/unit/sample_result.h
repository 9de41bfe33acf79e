/*
 * A result built by hand, for tests of writers: three stages' worth of numbers that no measuring made.
 */
#ifndef MUSTER_UNIT_SAMPLE_RESULT_H
#define MUSTER_UNIT_SAMPLE_RESULT_H

#include "model/result.h"
#include "render/renderer.h"

enum { SAMPLE_FILES = 3, SAMPLE_STAGES = 2, SAMPLE_GATES = 3 };

struct sample {
	struct report report;
	struct file files[SAMPLE_FILES];
	struct file_result file_results[SAMPLE_FILES];
	struct stage_result stages[SAMPLE_STAGES];
	struct component_result component;
	struct gate_result gates[SAMPLE_GATES];
	struct ratio file_stages[SAMPLE_FILES][SAMPLE_STAGES];
	uint64_t only_here[SAMPLE_FILES][SAMPLE_STAGES];
	struct str cells[2];
	struct result result;
};

/* Fills everything; strings may then be replaced. */
void sample_init(struct sample *sample);
void sample_release(struct sample *sample);
/* What a writer makes of it; owned. */
char *sample_print(const struct sample *sample, const char *writer, const struct render_settings *settings);

#endif
