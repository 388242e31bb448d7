"""What a terminal reports of the focus, the mouse and its size; of a row of such reports, those that count."""

from nntui.text.regex import regex

_FOCUS, _MOUSE, _SIZE = r"\x1b\[[IO]", r"\x1b\[<\d{1,3};-?\d{1,6};-?\d{1,6}[Mm]", r"\x1b\[48;[\d:;]{1,60}t"
REPORT = rf"{_FOCUS}|{_MOUSE}|{_SIZE}"
"""A regular expression of one report."""

_KINDS = regex(rf"({_FOCUS})|\x1b\[<(\d+)[\d;-]+[Mm]|({_SIZE})")
_MOVED, _WHEEL = 32, 64  # bits of the button in a report of the mouse
_KEPT = {"focus": 1, "moved": 1, "size": 1, "wheel": 8, "button": 16}  # of each kind of report, the last


def last_reports(text: str) -> list[str]:
    """Of reports of focus, mouse and size the last of each kind, in their order."""
    left, kept = dict(_KEPT), []
    for report in reversed(list(_KINDS.finditer(text))):
        kind = "focus" if report[1] else "size" if report[3] else _kind_of_mouse(int(report[2]))
        left[kind] -= 1
        if left[kind] >= 0:
            kept.append(report[0])
    return kept[::-1]


def _kind_of_mouse(button: int) -> str:
    return "wheel" if button & _WHEEL else "moved" if button & _MOVED else "button"
