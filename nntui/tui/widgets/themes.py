"""Which colour a role has, in each theme. Nothing is told by colour alone."""

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

from nntui.draw.base.spans import Role
from nntui.draw.colours.palettes import PALETTES, LookName

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

_SIXTEEN = BUILTIN_THEMES["ansi-dark"]
_TRACK = ("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active")  # black, on white too
ANSI = replace(
    _SIXTEEN,
    name="nntui-ansi",
    primary="ansi_blue",
    accent="ansi_blue",
    secondary="ansi_magenta",
    variables=_SIXTEEN.variables | dict.fromkeys(_TRACK, "ansi_default"),
)
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

LOOKS: dict[LookName, tuple[Theme, dict[Role, str]]] = {
    "dark": (DARK, PALETTES["dark"]),
    "light": (LIGHT, PALETTES["light"]),
    "ansi": (ANSI, PALETTES["ansi"]),
    "contrast": (CONTRAST, PALETTES["contrast"]),
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
