/*
 * Every size that an input decides has its limit here, by name.  Passing one is an ordinary error or
 * an audit finding, never a surprise.
 */
#ifndef MUSTER_BASE_LIMITS_H
#define MUSTER_BASE_LIMITS_H

#define LIMIT_CHUNK		(64u << 10)	/* bytes a read(2) asks for */
#define LIMIT_HEAD		(1u << 20)	/* bytes that a report may begin with before its format is told */
#define LIMIT_REPORT_BYTES	(16ull << 30)	/* one report, unpacked */
#define LIMIT_DEVICE_BYTES	(64u << 20)	/* what is read of a device, which may have no end */
#define LIMIT_GZIP_RATIO	200		/* unpacked bytes to packed ones, past LIMIT_GZIP_FREE */
#define LIMIT_GZIP_FREE		(32u << 20)	/* unpacked bytes that no ratio is asked of */
#define LIMIT_XML_DEPTH		1024		/* elements in each other (TESTS 4) */
#define LIMIT_XML_NAME		(64u << 10)	/* bytes of one attribute value that becomes a name */
#define LIMIT_XML_TAG		(10u << 20)	/* bytes of one tag */
#define LIMIT_XML_ATTRIBUTES	1000		/* attributes of one tag; namespaces in scope */
#define LIMIT_XML_NAMES		100000u		/* different element and attribute names of one document */
#define LIMIT_XML_NAME_BYTES	(10u << 20)	/* of these together */
#define LIMIT_LCOV_LINE		(1u << 20)	/* bytes of one line of a tracefile */
#define LIMIT_LINE_NUMBER	10000000u	/* COVERAGE 5 */
#define LIMIT_BRANCHES		1000000u	/* branches of one line (COVERAGE 5) */
#define LIMIT_CONDITIONS	10000u		/* <condition> children or missing ids of one line */
#define LIMIT_FILES		2000000u	/* files of one report */
#define LIMIT_LINES		200000000u	/* line records of one report */
#define LIMIT_SOURCES		200u		/* <source> roots of one report */
#define LIMIT_FINDINGS		20u		/* audit findings of one code in one report, then a count */
#define LIMIT_CASES		50000000u	/* test cases of one report */
#define LIMIT_TEXT_HALF		(32u << 10)	/* bytes kept at each end of a text node (TESTS 4) */
#define LIMIT_TEXT_JOINED	(128u << 10)	/* bytes from which on no more messages of one test are shown */
#define LIMIT_TEXT_REPORT	(256u << 20)	/* bytes of kept text in one report */
#define LIMIT_SUITE_NAMES	(256u << 20)	/* bytes of joined suite names in one report */
#define LIMIT_INPUTS		100000u		/* reports of one run */
#define LIMIT_TREE_FILES	5000000u	/* files of the repository */
#define LIMIT_LANES		20000u		/* stage/cell pairs of one run */
#define LIMIT_PATTERN		4096u		/* bytes of one pattern over paths */
#define LIMIT_PATTERN_DEPTH	16u		/* braces in each other in a pattern */
#define LIMIT_DIFF_BYTES	(512u << 20)	/* a unified diff, unpacked */
#define LIMIT_DIFF_FILES	1000000u	/* files of one diff */
#define LIMIT_DIFF_LINE		(1u << 30)	/* line numbers in a diff */
#define LIMIT_DIFF_NAME		4096u		/* bytes of one name in a diff */
#define LIMIT_EVENT_BYTES	(32u << 20)	/* what the runner tells of the event */
#define LIMIT_TOKEN_BYTES	4096u		/* a file with a token */
#define LIMIT_HTTP_ANSWER	(64u << 20)	/* the body of one answer */
#define LIMIT_HTTP_HEADERS	(256u << 10)	/* the headers of one answer */
#define LIMIT_CONFIG_DEPTH	16u		/* lists and maps in each other in .muster.yml */
#define LIMIT_CONFIG_NODES	20000u		/* values in it */
#define LIMIT_RESULT_BYTES	(256u << 20)	/* an earlier JSON result */
#define LIMIT_CONFIG_BYTES	(1u << 20)	/* .muster.yml, --needs and their like */
#define LIMIT_PAGE_SOURCE	(8 << 20)	/* bytes of a source file that a page shows */
#define LIMIT_PAGE_BRANCHES	100u		/* missing branches that a line names */
#define LIMIT_SINGLE_BYTES	(16u << 20)	/* a report of one HTML file, unless it is forced */

#endif
