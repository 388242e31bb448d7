"""The lecture's letters with their indices: z₁², w⁰₁₂ (neuron 2 of layer 0 to neuron 1 of layer 1), δ₂¹.

The superscript of a weight names the layer that it leaves.
"""

from nntui.explain.numerals import subscript, superscript


def neuron_symbol(letter: str, layer: int, neuron: int | str) -> str:
    """z₁² for ("z", 2, 1)."""
    index = subscript(neuron) if isinstance(neuron, int) else neuron
    return f"{letter}{index}{superscript(layer)}"


def weight_symbol(layer: int, neuron: int | str, sender: int | str) -> str:
    """w⁰₁₂: the weight into neuron 1 of `layer` 1 from neuron 2; sender 0 is the bias. An index may be a letter."""
    k = subscript(neuron) if isinstance(neuron, int) else neuron
    j = subscript(sender) if isinstance(sender, int) else sender
    long = any(isinstance(index, int) and index > 9 for index in (neuron, sender))
    return f"w{superscript(layer - 1)}{k}{',' if long else ''}{j}"
