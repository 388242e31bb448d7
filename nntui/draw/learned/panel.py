"""The tool that shows what the network has learned: the picture of its function, and how good it is on all data rows.

If there is room, the equation stays above and the cost plot at the side.
"""

from nntui.draw.base.boxes import beside, fit
from nntui.draw.base.spans import Block
from nntui.draw.base.view import View
from nntui.draw.costs.cost_panel import costs_panel
from nntui.draw.learned.confusion_panel import LEAST, verdict_panel, verdict_size
from nntui.draw.learned.curve import learned_curve
from nntui.draw.learned.hidden_maps import hidden_maps, maps_height
from nntui.draw.learned.map import learned_map
from nntui.draw.learned.targets import outcome_panel
from nntui.draw.panels.around import above_costs, equation_above
from nntui.explain.learned.function import WeightsAtStep
from nntui.explain.learned.hidden import has_hidden_maps
from nntui.explain.learned.survey import SurveyResult

LOWEST_PLOT = 5  # lines of the plot below the maps of the hidden neurons


def _side(view: View, now: WeightsAtStep, output: int, found: SurveyResult, cells: int, high: int, height: int) -> Block:
    """How good it is, the maps of the hidden neurons where there is room for them and the plot, and the plot."""
    maps = maps_height(now, cells, height - high - LOWEST_PLOT) if view.colours and has_hidden_maps(now) else 0
    if not maps:
        return above_costs(view, lambda *size: verdict_panel(view, now, found, *size), cells, high, height)
    return (
        *verdict_panel(view, now, found, cells, high),
        *hidden_maps(view, now, output, cells, maps),
        *costs_panel(view, cells, height - high - maps),
    )


def learned_block(view: View, now: WeightsAtStep, output: int, found: SurveyResult, cells: int, height: int) -> Block:
    """Exactly cells × height. now: the weights at the step; found: what is computed of all data rows."""
    above = tuple(fit(line, cells) for line in equation_above(view, cells, height))
    below = height - len(above)
    wanted, high = verdict_size(view, found)
    right = max(min(wanted, 9 * cells // 20), LEAST, cells // 3 if cells >= 110 else 0)
    left = cells - right
    network = view.frame.scenario.network
    if network.inputs > 2:
        picture = above_costs(view, lambda *size: outcome_panel(view, now, *size), left, network.outputs + 2, below)
        side = verdict_panel(view, now, found, right, below)
    else:
        picture = (
            learned_map(view.frame, now, output, found, left, below, view.colours)
            if network.inputs == 2
            else learned_curve(view.frame, now, output, found, left, below)
        )
        side = _side(view, now, max(output, 1), found, right, high, below)
    return (*above, *beside([(picture, left), (side, right)]))
