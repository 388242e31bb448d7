"""Lines of spans as plain text, for a terminal without colours, files and tests."""

from collections.abc import Iterable, Sequence

from nntui.draw.base.spans import Role, Span

_HANGING = str.maketrans(" ▁▂▃▄▅▆▇", "▀▀▀▀▀▔▔▔")  # plain text has no reversed cells: bars of negative numbers have two sizes only


def plain(lines: Iterable[Sequence[Span]]) -> str:
    """The text without roles, spaces at the ends of lines removed."""
    return "\n".join("".join(_on_paper(span) for span in line).rstrip() for line in lines)


def plain_with_marks(lines: Iterable[Sequence[Span]]) -> str:
    """The text without roles; what is lit or under the cursor is between ▸ and ◂, because plain text has no colours."""
    return "\n".join(_marked(line).rstrip() for line in lines)


def _marked(line: Sequence[Span]) -> str:
    """A line as text; in a frame the marks replace blanks if there are any, elsewhere they are inserted."""
    framed_line = bool(line) and line[0].text[:1] in "│╭╰"
    text = ""
    marked: Role | None = None
    for span in line:
        whole = body = _on_paper(span)
        now = span.role if span.role in ("lit", "cursor") and whole.strip() else None
        if now and not marked:
            body = body.lstrip()
            pad = text + whole[: len(whole) - len(body)]
            text = pad.removesuffix(" ") + "▸"
        elif marked and not now:
            closed = body.startswith(" ") or not framed_line or marked == "cursor"
            text, body = (text + "◂", body[1:]) if closed else (text, body)
            body = body if whole.startswith(" ") else whole
        text += body
        marked = now
    return text + ("◂" if marked else "")


def _on_paper(span: Span) -> str:
    return span.text.translate(_HANGING) if span.reverse else span.text
