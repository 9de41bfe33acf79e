/*
 * What the publishers share, for src/publish alone: the pull request and the commit they are about,
 * the texts they send, and showing instead of sending.
 */
#ifndef MUSTER_PUBLISH_PUBLICATION_H
#define MUSTER_PUBLISH_PUBLICATION_H

#include "publish/publisher.h"

extern const struct publisher publisher_annotations;
extern const struct publisher publisher_check;
extern const struct publisher publisher_comment;
extern const struct publisher publisher_outputs;
extern const struct publisher publisher_status;
extern const struct publisher publisher_summary;

/* Whether the environment has what requests need. */
bool publication_is_possible(const struct publish_settings *settings);
/* Gets ready for requests; an error without a token or a repository. */
bool publication_connect(struct publication *publication, const struct publish_settings *settings,
    struct error *err);
/* Reads the pull request, once; has_pull tells whether there is one. */
enum github_end publication_pull(struct publication *publication, struct error *err);
/* Our head, which may take a look at the pull request; borrowed. */
enum github_end publication_head(struct publication *publication, const char **sha,
    struct error *err);
/* Ends a publisher by what became of its requests: the value for it to return. */
bool publication_end(struct publication *publication, enum github_end end);
/* The result as Markdown of at most `budget` bytes, added to `out`. */
bool publication_text(const struct publication *publication,
    const struct publish_settings *settings, enum body_kind kind, size_t budget,
    struct strbuf *out, struct error *err);
/* Prints what would be sent: a line of ours and the quoted text. */
bool publication_show(const struct publish_settings *settings, const char *title, struct str text,
    struct error *err);

#endif
