"""The style of a piece of a picture: of its role, of what lies behind it, and whether both are exchanged."""

from rich.style import Style

from nntui.draw.base.spans import Role
from nntui.draw.colours.palettes import GROUNDS, PALETTES, LookName

Look = tuple[Role, bool, Role]
"""A role, whether its colours are exchanged, and the role whose colour lies behind it."""


class RoleStyles(dict[Look, Style]):
    """The style of every look, made when it is asked for first."""

    def __init__(self, look: LookName) -> None:
        super().__init__()
        self.name = look
        self._colours = PALETTES[look]
        self._window = Style(bgcolor=GROUNDS[look])

    def __missing__(self, look: Look) -> Style:
        role, reverse, ground = look
        behind = self._window if ground == "plain" else Style(bgcolor=Style.parse(self._colours[ground]).color)
        style = behind + Style.parse(self._colours[role])
        self[look] = style = style + Style(reverse=not style.reverse) if reverse else style
        return style
