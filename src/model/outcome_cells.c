/* What tells the sub-cells of a test apart where it has several in a cell (TESTS 2). */
#include "model/outcome_parts.h"

#include "base/mem.h"
#include "model/sub_cell.h"

/* The place behind the cases that the test at `first` has in the cell of its first one. */
static size_t
cell_end(const struct outcome *outcome, size_t first)
{
	size_t end = first + 1;

	while (end < outcome->order_count && !(outcome->order[end] & ORDER_FIRST) &&
	    order_report(outcome, end)->lane == order_report(outcome, first)->lane)
		end++;
	return end;
}

/* The fields in which their suites differ. */
static unsigned
cell_fields(const struct outcome *outcome, size_t first, size_t end)
{
	uint32_t suite = order_case(outcome, first)->suite;
	unsigned differ = 0;

	for (size_t at = first + 1; at < end && differ != SUB_CELL_ALL; at++)
		differ |= sub_cell_difference(outcome->report, suite, order_case(outcome, at)->suite);
	return differ;
}

void
outcome_tell_cells(struct outcome *outcome)
{
	size_t capacity = 0;

	for (size_t first = 0, end; first < outcome->order_count; first = end) {
		unsigned differ;

		end = cell_end(outcome, first);
		differ = cell_fields(outcome, first, end);
		if (!differ)
			continue;
		MEM_GROW(outcome->told, capacity, outcome->told_count + 1);
		outcome->told[outcome->told_count++] = (struct told_cell){first, end, differ};
	}
}

/* The fields that tell the run at this place from others in its cell. */
static unsigned
told_at(const struct outcome *outcome, size_t place)
{
	size_t low = 0, high = outcome->told_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (outcome->told[middle].end <= place)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == outcome->told_count || place < outcome->told[low].first)
		return 0;
	return outcome->told[low].fields;
}

void
outcome_cell(const struct outcome *outcome, const struct outcome_run *run, struct strbuf *out)
{
	sub_cell_name(
	    outcome->report, run->lane, run->suite, told_at(outcome, run->first), out);
}
