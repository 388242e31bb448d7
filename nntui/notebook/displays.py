"""How a notebook shows the values that are no classes of this room. Loaded with the first public name that is asked for."""

from nntui.text.rich_display import show_as_html
from nntui.training.scenario import Scenario


def _scenario_html(scenario: Scenario) -> str:
    from nntui.notebook.html import scenario_html

    return scenario_html(scenario)


show_as_html(Scenario, _scenario_html)
