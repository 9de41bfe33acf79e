/* Shell completion, made from the table of options. */
#include "cli/options.h"
#include "cli/tell.h"

/* What completes the value of an option. */
static void
add_words(struct output *out, enum value_type type)
{
	const char *const *words = value_words(type);

	for (size_t i = 0; words && words[i]; i++)
		output_addf(out, "%s%s", i ? " " : "", words[i]);
	for (size_t i = 0; type == VALUE_FORMAT && readers[i]; i++)
		output_addf(out, "%s%s", i ? " " : "", readers[i]->name);
}

static bool
has_words(const struct option *option)
{
	return option->argument && (value_words(option->type) || option->type == VALUE_FORMAT);
}

static bool
is_path(const struct option *option)
{
	return option->type == VALUE_PATH || option->type == VALUE_OUTPUT ||
	    option->type == VALUE_TEXTS;
}

static void
add_names(struct output *out, const struct option *option, const char *between)
{
	output_addf(out, "--%s", option->name);
	if (option->letter)
		output_addf(out, "%s-%c", between, option->letter);
}

static void
complete_bash(struct output *out)
{
	const char *between = "";

	output_add_string(out,
	    "# bash completion of muster\n"
	    "_muster()\n"
	    "{\n"
	    "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
	    "\tCOMPREPLY=()\n"
	    "\t[[ $before == = ]] && before=${COMP_WORDS[COMP_CWORD - 2]}\n"
	    "\t[[ $word == = ]] && word= before=${COMP_WORDS[COMP_CWORD - 1]}\n"
	    "\tcase $before in\n");
	for (const struct option *option = options; option->name; option++) {
		if (!option->argument || is_path(option))
			continue;
		output_add_string(out, "\t");
		add_names(out, option, " | ");
		output_add_string(out, ") ");
		if (has_words(option)) {
			output_add_string(out, "COMPREPLY=($(compgen -W '");
			add_words(out, option->type);
			output_add_string(out, "' -- \"$word\")); ");
		}
		output_add_string(out, "return ;;\n");
	}
	output_add_string(
	    out, "\tesac\n\tif [[ $word == -* ]]; then\n\t\tCOMPREPLY=($(compgen -W '");
	for (const struct option *option = options; option->name; option++, between = " ") {
		output_add_string(out, between);
		add_names(out, option, " ");
	}
	output_add_string(out,
	    "' -- \"$word\"))\n"
	    "\telse\n"
	    "\t\tcompopt -o default 2>/dev/null\n"
	    "\tfi\n"
	    "}\n"
	    "complete -F _muster muster\n");
}

/* A text of zsh between single quotes, as a description in brackets. */
static void
add_zsh_text(struct output *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			output_add_string(out, "'\\''");
		else if (strchr("[]:\\", *text))
			output_addf(out, "\\%c", *text);
		else
			output_addf(out, "%c", *text);
	}
}

static void
add_zsh_option(struct output *out, const struct option *option)
{
	const char *star = option->argument && value_is_list(option->type) ? "*" : "";

	if (option->letter)
		output_addf(out, "'%s'{-%c,--%s%s}'[", star, option->letter, option->name,
		    option->argument ? "=" : "");
	else
		output_addf(out, "'%s--%s%s[", star, option->name, option->argument ? "=" : "");
	add_zsh_text(out, option->help);
	output_add_string(out, "]");
	if (option->argument) {
		output_add_string(out, ":");
		add_zsh_text(out, option->argument);
		output_add_string(out, ":");
	}
	if (has_words(option)) {
		output_add_string(out, "(");
		add_words(out, option->type);
		output_add_string(out, ")");
	} else if (option->argument && is_path(option)) {
		output_add_string(out, "_files");
	}
	output_add_string(out, "' \\\n");
}

static void
complete_zsh(struct output *out)
{
	output_add_string(out, "#compdef muster\n# zsh completion of muster\n_arguments -S \\\n");
	for (const struct option *option = options; option->name; option++) {
		output_add_string(out, "\t");
		add_zsh_option(out, option);
	}
	output_add_string(out, "\t'*:report:_files'\n");
}

static void
add_fish_text(struct output *out, const char *text)
{
	output_add_string(out, "'");
	for (; *text; text++)
		output_addf(out, "%s%c", *text == '\'' || *text == '\\' ? "\\" : "", *text);
	output_add_string(out, "'");
}

static void
complete_fish(struct output *out)
{
	output_add_string(out, "# fish completion of muster\n");
	for (const struct option *option = options; option->name; option++) {
		output_addf(out, "complete -c muster -l %s", option->name);
		if (option->letter)
			output_addf(out, " -s %c", option->letter);
		if (option->argument)
			output_add_string(out, is_path(option) ? " -r" : " -x");
		if (has_words(option)) {
			output_add_string(out, " -a '");
			add_words(out, option->type);
			output_add_string(out, "'");
		}
		output_add_string(out, " -d ");
		add_fish_text(out, option->help);
		output_add_string(out, "\n");
	}
}

enum status
tell_completion(enum shell shell, struct error *err)
{
	struct output *out;

	if (!output_open("-", &out, err))
		return STATUS_OUTPUT;
	if (shell == SHELL_BASH)
		complete_bash(out);
	else if (shell == SHELL_ZSH)
		complete_zsh(out);
	else
		complete_fish(out);
	return output_commit(out, err) ? STATUS_PASS : STATUS_OUTPUT;
}
