/* From argv to an exit status. */
#include "base/xml.h"
#include "cli/run.h"

#include <locale.h>
#include <signal.h>

int
main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	setlocale(LC_CTYPE, "");
	xml_initialise();
	return (int)run(argc, argv);
}
