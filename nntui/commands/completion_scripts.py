"""Scripts of bash, zsh and fish that complete commands, options and names; and a man page: all text of one table."""

from collections.abc import Callable, Sequence

from nntui.text.reflow import hung
from nntui.values import dataclass

MAN_COLUMNS = 72  # of 80; a man page indents its text by 7


@dataclass(frozen=True, slots=True)
class OptionWords:
    """An option, or an argument (which has no flags). metavar: the name of its value; choices: all its values, if few."""

    flags: tuple[str, ...]
    metavar: str
    choices: tuple[str, ...]
    help: str
    takes_value: bool


@dataclass(frozen=True, slots=True)
class CommandWords:
    """A command, or the app itself, which has no name."""

    name: str
    about: str
    options: tuple[OptionWords, ...]

    @property
    def flags(self) -> tuple[str, ...]:
        """All options of the command."""
        return (*(flag for option in self.options for flag in option.flags), "--help")

    @property
    def values(self) -> tuple[str, ...]:
        """What its arguments may be, where that is a few words."""
        return tuple(choice for option in self.options if not option.flags for choice in option.choices)

    def offered(self, names: Sequence[str]) -> list[str]:
        """All that may follow it; the names of scenarios where an argument is a file or a name."""
        takes_file = any(not option.flags and not option.choices for option in self.options)
        return [*self.flags, *self.values, *(names if takes_file else ())]


_BASH = """\
_nntui() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command=${{COMP_WORDS[1]}} words=""
    COMPREPLY=()
    case "$command:$previous" in
{choices}
    esac
    if [[ -z $words ]]; then
        case "$command" in
{flags}
            *) words="{app} {names}" ;;
        esac
        if (( COMP_CWORD == 1 )); then words="{commands} {app} --version {names}"; fi
    fi
    COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))
}}
complete -o filenames -o bashdefault -F _nntui nntui"""


def bash(commands: Sequence[CommandWords], names: Sequence[str]) -> str:
    """The script for bash 3.2 and newer. names: of the bundled scenarios."""
    app, *others = commands
    return _BASH.format(
        choices="\n".join(
            f'        {command.name}:{flag}) words="{" ".join(option.choices)}" ;;'
            for command in others
            for option in command.options
            for flag in option.flags
            if option.choices
        ),
        flags="\n".join(f'            {command.name}) words="{" ".join(command.offered(names))}" ;;' for command in others),
        app=" ".join(app.flags),
        commands=" ".join(command.name for command in others),
        names=" ".join(names),
    )


def zsh(commands: Sequence[CommandWords], names: Sequence[str]) -> str:
    """The script for zsh, which describes commands and options."""
    app, *others = commands
    lines = ["#compdef nntui", "_nntui() {", "    local -a commands names", "    commands=("]
    lines += [f"        {_single(f'{command.name}:{command.about}')}" for command in others]
    lines += ["    )", f"    names=({' '.join(names)})", "    if (( CURRENT == 2 )); then"]
    lines += ["        _describe command commands; compadd -a names", "    fi", '    case "$words[2]" in']
    for command in (*others, app):
        lines.append(f"        {command.name or '*'}) _arguments -S \\")
        lines += [f"            {_zsh_option(option)} \\" for option in command.options if option.flags]
        lines += [f"            {_single('*:file or name:_alternative')} ;;".replace("_alternative", _zsh_values(command))]
    return "\n".join([*lines, "    esac", "}", "compdef _nntui nntui"])


def _zsh_values(command: CommandWords) -> str:
    return f"({' '.join(command.values)})" if command.values else "{_files; compadd -a names}"


def _zsh_option(option: OptionWords) -> str:
    about = option.help.replace("[", "(").replace("]", ")").replace(":", "\\:") or option.metavar
    value = f":{option.metavar.replace(':', ' ')}:" + (f"({' '.join(option.choices)})" if option.choices else "_files")
    return _single(f"*{option.flags[0]}[{about}]{value if option.takes_value else ''}")


def fish(commands: Sequence[CommandWords], names: Sequence[str]) -> str:
    """The script for fish, which describes commands and options."""
    lines = [f"complete -c nntui -n __fish_use_subcommand -a {one.name} -d {_fish(one.about)}" for one in commands if one.name]
    lines.append(f"complete -c nntui -a {_fish(' '.join(names))} -d 'bundled scenario'")
    for command in commands:
        when = f"'__fish_seen_subcommand_from {command.name}'" if command.name else "__fish_use_subcommand"
        for option in command.options:
            chosen = f" -x -a {_fish(' '.join(option.choices))}" if option.choices else " -r" * option.takes_value
            flag = f" -l {option.flags[0].removeprefix('--')}" if option.flags else ""
            if option.flags or option.choices:
                lines.append(f"complete -c nntui -n {when}{flag}{chosen} -d {_fish(option.help or option.metavar)}")
    return "\n".join(lines)


def _single(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _fish(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


scripts: dict[str, Callable[[Sequence[CommandWords], Sequence[str]], str]] = {"bash": bash, "zsh": zsh, "fish": fish}


def man_page(commands: Sequence[CommandWords], help_text: str, version: str) -> str:
    """The man page nntui(1), in roff: what `nntui --help` says of the app, then every command with its options."""
    usage, _, rest = help_text.partition("\n\n")
    about, _, options = rest.partition("\n\n")
    lines = [
        f'.TH NNTUI 1 "" "nntui {version}"', ".SH NAME", "nntui \\- see, number by number, how a neural network learns",
        ".SH SYNOPSIS", ".nf", *map(_roff, usage.removeprefix("usage: ").splitlines()), ".fi",
        ".SH DESCRIPTION", _roff(about), ".SH OPTIONS", ".nf",
        *map(_roff, _lines(options.partition("\n\ncommands")[0])), ".fi", ".SH COMMANDS",
    ]  # fmt: skip
    for command in commands[1:]:
        shown = " ".join(option.metavar for option in command.options if not option.flags)
        lines += [f".SS {_roff(f'nntui {command.name} {shown}'.rstrip())}", _roff(command.about)]
        for option in command.options:
            name = ", ".join(option.flags) or option.metavar
            value = "|".join(option.choices) or option.metavar
            lines += [".TP", f".B {_roff(f'{name} {value}' if option.flags and option.takes_value else name)}"]
            lines.append(_roff(option.help or f"see nntui {command.name} --help"))
    lines += [
        ".SH FILES", ".TP", ".I ~/.config/nntui/config.toml", "settings: theme, digits, notation, history, keys",
        ".TP", ".I ~/.local/state/nntui/sessions", "recordings of the last sessions, for \\-\\-resume",
        ".SH EXIT STATUS", "0: done; 1: a check failed; 2: bad usage or bad input, with one line on standard error.",
    ]  # fmt: skip
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    """The lines of a text that a man page of 80 columns does not break."""
    return [short for line in text.splitlines() for short in hung(line, MAN_COLUMNS).splitlines()]


def _roff(text: str) -> str:
    """A line of text as roff reads it: no control line, and every hyphen can be copied."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
