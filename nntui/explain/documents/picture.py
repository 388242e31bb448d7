"""The places of the neurons of a drawn network, in units that each format scales."""

from collections.abc import Iterator

from nntui.explain.documents.content import DocumentPicture
from nntui.values import dataclass

ACROSS, DOWN = 2.6, 1.1  # from layer to layer, from neuron to neuron


@dataclass(frozen=True, slots=True)
class DrawnNeuron:
    """A neuron of a picture; number 0 means those that are left out. y grows downwards."""

    layer: int
    number: int
    x: float
    y: float


def drawn_neurons(picture: DocumentPicture) -> tuple[DrawnNeuron, ...]:
    """The neurons of every layer, each layer centred; of a long one the first, dots, and the last."""
    neurons = []
    for layer, size in enumerate(picture.sizes):
        shown = list(range(1, size + 1)) if size <= picture.most else [*range(1, picture.most - 1), 0, size]
        top = -DOWN * (len(shown) - 1) / 2.0
        neurons += [DrawnNeuron(layer, number, ACROSS * layer, top + DOWN * at) for at, number in enumerate(shown)]
    return tuple(neurons)


def connections(neurons: tuple[DrawnNeuron, ...]) -> Iterator[tuple[DrawnNeuron, DrawnNeuron]]:
    """Every pair of neighbours that are drawn: sender, receiver."""
    for sender in neurons:
        for receiver in neurons:
            if receiver.layer == sender.layer + 1 and sender.number and receiver.number:
                yield sender, receiver
