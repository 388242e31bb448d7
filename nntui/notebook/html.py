"""The panels of `nntui show` as HTML: a notebook shows them in place of a line of text.

Colours are left to the notebook; what is lit is bold on a shade, what feeds it is underlined. Every text is escaped.
"""

from html import escape

from nntui.draw.base.spans import Block, Role
from nntui.draw.base.view import View
from nntui.draw.screen import page
from nntui.training.frame import Frame
from nntui.training.scenario import Scenario
from nntui.training.timeline import Timeline

WIDTH = 100  # cells
_PRE = "font-family:monospace;line-height:1.25;overflow-x:auto;white-space:pre"
_STYLES: dict[Role, str] = {
    "strong": "font-weight:bold",
    "dim": "opacity:0.6",
    "frame": "opacity:0.5",
    "lit": "font-weight:bold;background:rgba(255,190,0,0.35)",
    "source": "text-decoration:underline",
    "accent": "font-weight:bold",
    "warning": "font-weight:bold",
}


def frame_html(frame: Frame, diverged: int | None = None) -> str:
    """The panels and the equation of one step."""
    return block_html(page(View(frame, diverged=diverged), WIDTH))


def block_html(block: Block) -> str:
    """Lines of spans as one preformatted element."""
    lines = ("".join(_span(span.text, span.role) for span in line).rstrip() for line in block)
    return f'<pre style="{_PRE}">' + "\n".join(lines) + "</pre>"


def _span(text: str, role: Role) -> str:
    style = _STYLES.get(role)
    return f'<span style="{style}">{escape(text)}</span>' if style else escape(text)


def scenario_html(scenario: Scenario) -> str:
    """Title, what to look for, and the panels before the first step: the weights that the run begins with."""
    about = f"<p>{escape(scenario.about)}</p>" if scenario.about else ""
    return f"<b>{escape(scenario.title)}</b>{about}{frame_html(Timeline(scenario).frame(0))}"


def timeline_html(timeline: Timeline) -> str:
    """How far the run is computed, and the panels at the last step that is."""
    number = max(timeline.computed - 1, 0)
    length = timeline.course.length
    step = number * length + (length - 1 if timeline.computed else 0)
    words = f"{timeline.computed} of {len(timeline)} iterations computed"
    return f"<b>{escape(timeline.scenario.title)}</b>: {words}{frame_html(timeline.frame(step), timeline.diverged)}"
