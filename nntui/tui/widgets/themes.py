"""Which colour a role has, in a dark and in a light window. Nothing is told by colour alone."""

from rich.style import Style
from textual.theme import Theme

from nntui.draw.base.spans import Role

DARK = Theme(
    name="nntui-dark",
    primary="#ffc857",
    secondary="#5fd7af",
    accent="#ffc857",
    foreground="#d0d4dc",
    background="#101216",
    surface="#181b21",
    panel="#20242c",
    warning="#ff875f",
    error="#ff5f5f",
    success="#5fd7af",
    dark=True,
)
LIGHT = Theme(
    name="nntui-light",
    primary="#875f00",
    secondary="#005f5f",
    accent="#875f00",
    foreground="#24272e",
    background="#fafafa",
    surface="#f0f0f0",
    panel="#e4e4e4",
    warning="#af5f00",
    error="#d70000",
    success="#005f5f",
    dark=False,
)

_DARK: dict[Role, str] = {
    "plain": "#d0d4dc",
    "strong": "bold #ffffff",
    "dim": "#767c88",
    "number": "#87afff",
    "minus": "#d7875f",
    "new": "#afd7ff bold",
    "lit": "bold #101216 on #ffc857",
    "source": "underline #5fd7af",
    "cursor": "bold #101216 on #5fd7af",
    "accent": "#ffc857",
    "frame": "#444852",
    "frame_lit": "#ffc857",
    "past": "#87afff",
    "future": "#4e5a78",
    "mean": "#d7d7d7",
    "tangent": "#5fd7af",
    "present": "bold #ffc857",
    "area_1": "#87875f",
    "area_2": "#005f87",
    "area_3": "#5f5f87",
    "warning": "bold #ff5f5f",
}
_LIGHT: dict[Role, str] = {
    "plain": "#24272e",
    "strong": "bold #000000",
    "dim": "#767676",
    "number": "#005faf",
    "minus": "#af5f00",
    "new": "#005f87 bold",
    "lit": "bold #ffffff on #875f00",
    "source": "underline #00875f",
    "cursor": "bold #ffffff on #00875f",
    "accent": "#875f00",
    "frame": "#bcbcbc",
    "frame_lit": "#875f00",
    "past": "#005faf",
    "future": "#afc6df",
    "mean": "#444444",
    "tangent": "#00875f",
    "present": "bold #af5f00",
    "area_1": "#d7af87",
    "area_2": "#87afd7",
    "area_3": "#afafd7",
    "warning": "bold #d70000",
}


def role_styles(dark: bool) -> dict[tuple[Role, bool], Style]:
    """The style of every role, upright and reversed, on the background of its theme."""
    theme, colours = (DARK, _DARK) if dark else (LIGHT, _LIGHT)
    ground = Style(bgcolor=theme.background)
    styles: dict[tuple[Role, bool], Style] = {}
    for role, text in colours.items():
        style = ground + Style.parse(text)
        styles[role, False] = style
        styles[role, True] = style + Style(reverse=True)
    return styles
