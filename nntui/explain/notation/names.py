"""What a neuron is called in a sentence: its name in the scenario, else its place."""

from nntui.training.scenario import Scenario


def neuron_name(scenario: Scenario, layer: int, neuron: int) -> str:
    """`h1`, `output 2`, `x₂`-like input names, or `neuron 1 of layer 2`."""
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
