"""What a neuron is called: its name in the scenario, else its place."""

from nntui.training.scenario import Scenario


def neuron_name(scenario: Scenario, layer: int, neuron: int) -> str:
    """Within a sentence: `h1`, `output 2`, `neuron 1 of layer 2`; what could be a word or a number is quoted: 'low', '7'."""
    given = given_name(scenario, layer, neuron)
    return in_quotes(given) if given else neuron_label(scenario, layer, neuron)


def in_quotes(given: str) -> str:
    """A given name, in quotes if it is made of letters alone, a single one left out, or if it has none, as the digit '7'."""
    letters = [character.isalpha() for character in given.rstrip("…") if character != " "]
    word = len(given) > 1 and all(letters)
    return f"'{given}'" if word or not any(letters) else given


def neuron_label(scenario: Scenario, layer: int, neuron: int) -> str:
    """Alone, as a heading or in a list: the name as it was given, or the place."""
    given = given_name(scenario, layer, neuron)
    if given:
        return given
    if layer == 0:
        return f"input {neuron}"
    if layer == len(scenario.network.layers):
        return f"output {neuron}" if scenario.network.outputs > 1 else "the output"
    return f"neuron {neuron} of layer {layer}"


def given_name(scenario: Scenario, layer: int, neuron: int) -> str:
    """The name that the scenario file gives, or an empty string."""
    names = scenario.input_names if layer == 0 else scenario.neuron_names[layer - 1] if scenario.neuron_names else ()
    return names[neuron - 1] if names else ""
