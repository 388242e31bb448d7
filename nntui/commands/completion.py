"""`nntui completion bash|zsh|fish|man`: what a shell completes, or a man page, made of the parsers."""

import argparse

from nntui.commands.completion_scripts import CommandWords, OptionWords, man_page, scripts
from nntui.commands.output import put
from nntui.commands.parsers import COMMANDS, HELP, command_parser
from nntui.files.library import bundled
from nntui.version import __version__

FORMS = ("bash", "zsh", "fish", "man")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("form", choices=FORMS, help="the shell, or man for a man page")
    parser.epilog = (
        'bash: eval "$(nntui completion bash)" in ~/.bashrc\n'
        'zsh:  eval "$(nntui completion zsh)" in ~/.zshrc, after compinit\n'
        "fish: nntui completion fish > ~/.config/fish/completions/nntui.fish\n"
        "man:  nntui completion man > ~/.local/share/man/man1/nntui.1"
    )


def run(options: argparse.Namespace) -> int:
    """Prints the script, or the page."""
    words = [command_words(name) for name in ("", *COMMANDS)]
    if options.form == "man":
        put(man_page(words, HELP, __version__))
    else:
        put(scripts[options.form](words, [name for name, _ in bundled()]))
    return 0


def command_words(name: str) -> CommandWords:
    """A command as its parser declares it; without a name the app itself."""
    _, parser = command_parser(name or "open")
    found = []
    for action in parser._actions:  # noqa: SLF001  argparse has no other list of what was added
        choices = tuple(str(choice) for choice in action.choices or ())
        metavar = action.metavar if isinstance(action.metavar, str) else (action.dest.upper() if action.nargs != 0 else "")
        if not isinstance(action, argparse._HelpAction):  # noqa: SLF001
            found.append(OptionWords(tuple(action.option_strings), metavar, choices, action.help or "", action.nargs != 0))
    return CommandWords(name, COMMANDS.get(name, ""), tuple(found))
