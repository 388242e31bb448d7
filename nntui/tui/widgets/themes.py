"""Which colour a role has, in each theme. Nothing is told by colour alone."""

from dataclasses import replace
from typing import Literal

from rich.style import Style
from textual.theme import BUILTIN_THEMES, Theme

from nntui.draw.base.spans import INK_ROLES, MAP_ROLES, Role

LookName = Literal["dark", "light", "ansi", "contrast"]

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

ANSI = replace(BUILTIN_THEMES["ansi-dark"], name="nntui-ansi", primary="ansi_blue", accent="ansi_blue", secondary="ansi_magenta")
CONTRAST = Theme(
    name="nntui-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    warning="#ffaf00",
    error="#ff8787",
    success="#00ffff",
    dark=True,
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
    "band": "#3a3a3a",
    "band_future": "#262626",
    "map_0": "#d78700",
    "map_1": "#af5f00",
    "map_2": "#875f00",
    "map_3": "#3a3a3a",
    "map_4": "#262626",
    "map_5": "#1c1c1c",
    "map_6": "#262626",
    "map_7": "#3a3a3a",
    "map_8": "#005f87",
    "map_9": "#005faf",
    "map_10": "#0087d7",
    "edge_1": "#87afff",
    "edge_2": "#5f87d7",
    "edge_3": "#5f5f87",
    "edge_minus_1": "#d7af87",
    "edge_minus_2": "#af875f",
    "edge_minus_3": "#875f00",
    "edge_path": "#ffd75f",
    "ink_0": "#1c1c1c",
    "ink_1": "#444444",
    "ink_2": "#6c6c6c",
    "ink_3": "#949494",
    "ink_4": "#c6c6c6",
    "ink_5": "#eeeeee",
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
    "band": "#d0d0d0",
    "band_future": "#e4e4e4",
    "map_0": "#d78700",
    "map_1": "#ffaf00",
    "map_2": "#ffd75f",
    "map_3": "#ffd787",
    "map_4": "#ffffd7",
    "map_5": "#ffffff",
    "map_6": "#d7ffff",
    "map_7": "#afd7ff",
    "map_8": "#87d7ff",
    "map_9": "#5fafd7",
    "map_10": "#0087af",
    "edge_1": "#005faf",
    "edge_2": "#5f87d7",
    "edge_3": "#afc6df",
    "edge_minus_1": "#af5f00",
    "edge_minus_2": "#d7875f",
    "edge_minus_3": "#d7c0a0",
    "edge_path": "#875f00",
    "ink_0": "#eeeeee",
    "ink_1": "#c6c6c6",
    "ink_2": "#a8a8a8",
    "ink_3": "#808080",
    "ink_4": "#4e4e4e",
    "ink_5": "#1c1c1c",
}

_ANSI: dict[Role, str] = {
    "plain": "default",
    "strong": "bold default",
    "dim": "default",
    "number": "blue",
    "minus": "magenta",
    "new": "bold blue",
    "lit": "bold reverse default",
    "source": "bold underline default",
    "cursor": "reverse magenta",
    "accent": "bold blue",
    "frame": "default",
    "frame_lit": "bold magenta",
    "past": "blue",
    "future": "default",
    "mean": "bold default",
    "tangent": "magenta",
    "present": "bold magenta",
    "area_1": "red",
    "area_2": "blue",
    "area_3": "magenta",
    "warning": "bold red",
    "band": "default",
    "band_future": "default",
    **dict.fromkeys((*MAP_ROLES, *INK_ROLES), "default"),
    "edge_1": "bold blue",
    "edge_2": "blue",
    "edge_3": "blue",
    "edge_minus_1": "bold magenta",
    "edge_minus_2": "magenta",
    "edge_minus_3": "magenta",
    "edge_path": "bold default",
}
"""Red, blue and magenta are the colours of the sixteen that can be read on white and on black, in the palettes that
terminals come with; all else is the terminal's own colour for text."""

_CONTRAST: dict[Role, str] = {
    "plain": "#ffffff",
    "strong": "bold #ffffff",
    "dim": "#d0d0d0",
    "number": "#ffffff",
    "minus": "#ffd787",
    "new": "bold #afffff",
    "lit": "bold #000000 on #ffff00",
    "source": "bold underline #00ffff",
    "cursor": "bold #000000 on #00ffff",
    "accent": "bold #ffff00",
    "frame": "#a8a8a8",
    "frame_lit": "bold #ffff00",
    "past": "#afd7ff",
    "future": "#a8a8a8",
    "mean": "bold #ffffff",
    "tangent": "#00ffff",
    "present": "bold #ffff00",
    "area_1": "#ffd787",
    "area_2": "#87d7ff",
    "area_3": "#d7afff",
    "warning": "bold #ff8787",
    "band": "#585858",
    "band_future": "#3a3a3a",
    **{role: _DARK[role] for role in (*MAP_ROLES, *INK_ROLES)},
    "edge_1": "#d7e7ff",
    "edge_2": "#afc7ff",
    "edge_3": "#a8a8d0",
    "edge_minus_1": "#ffe7a8",
    "edge_minus_2": "#ffc787",
    "edge_minus_3": "#c8a888",
    "edge_path": "bold #ffff00",
}

LOOKS: dict[LookName, tuple[Theme, dict[Role, str]]] = {
    "dark": (DARK, _DARK),
    "light": (LIGHT, _LIGHT),
    "ansi": (ANSI, _ANSI),
    "contrast": (CONTRAST, _CONTRAST),
}
"""The themes, by the names that the settings have for them."""

LOOK_OF: dict[str, LookName] = {theme.name: name for name, (theme, _) in LOOKS.items()}
"""The name that the settings have for a theme of Textual's."""

LOOK_WORDS: dict[LookName, str] = {
    "dark": "Dark colours",
    "light": "Light colours",
    "ansi": "The sixteen colours of the terminal",
    "contrast": "High contrast",
}


Look = tuple[Role, bool, Role]
"""A role, whether its colours are exchanged, and the role whose colour lies behind it."""


class RoleStyles(dict[Look, Style]):
    """The style of every look, made when it is asked for first."""

    def __init__(self, look: LookName) -> None:
        super().__init__()
        theme, self._colours = LOOKS[look]
        self._window = Style(bgcolor="default" if theme.ansi else theme.background)

    def __missing__(self, look: Look) -> Style:
        role, reverse, ground = look
        behind = self._window if ground == "plain" else Style(bgcolor=Style.parse(self._colours[ground]).color)
        style = behind + Style.parse(self._colours[role])
        self[look] = style = style + Style(reverse=not style.reverse) if reverse else style
        return style
