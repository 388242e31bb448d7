"""The formats that `nntui export` writes, one card each."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

from nntui.files.io.errors import InputError
from nntui.files.io.read import MIB, SCENARIO_LIMIT
from nntui.files.io.write import write_new
from nntui.files.networks.npz import npz_bytes
from nntui.files.networks.pytorch import notebook_bytes, script_bytes
from nntui.files.networks.safetensors import safetensors_bytes
from nntui.files.networks.state import NetworkState
from nntui.files.scenario.embedded import document_of
from nntui.files.scenario.save import save_scenario, toml_of
from nntui.values import dataclass

NetworkFormat = Literal["npz", "safetensors", "pytorch", "ipynb", "toml"]
NETWORK_FORMATS: tuple[NetworkFormat, ...] = get_args(NetworkFormat)
MOST_IN_TEXT = 500_000  # weights


@dataclass(frozen=True, slots=True)
class NetworkFormatCard:
    """How a network is written. binary: not for a terminal. finite: inf and nan cannot be said in it."""

    about: str
    binary: bool
    finite: bool
    content: Callable[[NetworkState], bytes]


def _toml_bytes(state: NetworkState) -> bytes:
    content = toml_of(document_of(state.here)).encode()
    if len(content) > SCENARIO_LIMIT:
        found = f"would have {len(content) / MIB:.1f} MiB"
        found += f"; expected at most {SCENARIO_LIMIT // MIB} (with --out the data go into a file of their own)"
        raise InputError("--format toml", None, found)
    return content


CARDS: dict[NetworkFormat, NetworkFormatCard] = {
    "npz": NetworkFormatCard("NumPy: W1, b1, … (receiver × sender), sizes, activations", True, False, npz_bytes),
    "safetensors": NetworkFormatCard("layer1.weight, layer1.bias, … in float64", True, False, safetensors_bytes),
    "pytorch": NetworkFormatCard("a script that rebuilds it in PyTorch and checks one step of SGD", False, True, script_bytes),
    "ipynb": NetworkFormatCard("the same as a Jupyter notebook", False, True, notebook_bytes),
    "toml": NetworkFormatCard("the scenario, beginning with these weights", False, True, _toml_bytes),
}


def network_bytes(state: NetworkState, form: NetworkFormat) -> bytes:
    """The network in one format; InputError where it cannot be said in it."""
    card = CARDS[form]
    if card.finite and not state.finite:
        found = f"weights or C {state.place} are inf or nan; expected a place before the run diverged"
        raise InputError(f"--format {form}", None, found)
    if not card.binary and state.scenario.network.parameters > MOST_IN_TEXT:
        found = f"{state.scenario.network.parameters} weights as text; expected at most {MOST_IN_TEXT} (try npz)"
        raise InputError(f"--format {form}", None, found)
    return card.content(state)


def write_network(path: Path, state: NetworkState, form: NetworkFormat) -> list[Path]:
    """Writes new files, and names them; InputError where that cannot be."""
    if form == "toml":
        return save_scenario(path, state.here)
    write_new({path: network_bytes(state, form)})
    return [path]
