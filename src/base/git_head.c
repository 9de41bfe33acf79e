/* The commit that is checked out. */
#include "base/git_inside.h"

bool
git_head(const struct git *git, char id[GIT_ID_TEXT])
{
	git_oid head;

	id[0] = '\0';
	if (git_reference_name_to_id(&head, git->repository, "HEAD"))
		return false;
	git_oid_tostr(id, GIT_ID_TEXT, &head);
	return true;
}
