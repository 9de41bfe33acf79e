/*
 * The <class> elements of one file.  Between cobertura*.c only.
 */
#ifndef MUSTER_RENDER_COBERTURA_CLASS_H
#define MUSTER_RENDER_COBERTURA_CLASS_H

#include "base/output.h"
#include "model/result.h"

/* What writing needs from file to file.  Zeroed but for report and output at the start. */
struct cobertura_writer {
	const struct report *report; /* borrowed */
	struct output *output;       /* borrowed */
	struct strbuf text;          /* written and not yet given to the output */
	struct class_start *starts;  /* of the file at hand, see cobertura_class.c */
	size_t start_capacity;
	uint32_t *rows; /* indices of the file's lines, class by class */
	size_t row_capacity;
	uint32_t *ends; /* by class: where its rows end */
	size_t end_capacity;
};

/*
 * Appends a file to the text: one class, or one for each class name that its functions have.  Then
 * the lines are parted, each to the class whose function starts last at or before it, so that no
 * line stands twice.
 */
void cobertura_file(struct cobertura_writer *writer, const struct file_result *file);
/* The attributes line-rate, branch-rate and complexity. */
void cobertura_rates(struct strbuf *out, const struct numbers *numbers);
/* Gives the text to the output. */
void cobertura_flush(struct cobertura_writer *writer);
void cobertura_writer_release(struct cobertura_writer *writer);

#endif
