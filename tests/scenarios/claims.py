"""Claims of the bundled scenarios, and the runs they are checked on.

A test opens with the words it checks, as they stand in the `about`, in a note or in a hint of a scenario:

    @claim("xor", "in the end h1 is OR")
    def test_xor_is_solved(run): ...

So a text that changes fails until its test has been looked at, and test_every_claim finds numbers nobody checks.
"""

import re
import tomllib
from collections.abc import Callable
from functools import cache, cached_property

import numpy as np

import nntui
from nntui.engine.fold import Wanted
from nntui.files.library import folder
from nntui.training.frame import Frame
from nntui.training.scenario import Scenario

CLAIMED: dict[str, list[str]] = {}


class Run:
    """A bundled scenario and its whole run."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.scenario = nntui.load(name)
        self.timeline = nntui.Timeline(self.scenario)
        self.eta = self.scenario.network.eta
        self.points = len(self.scenario.x)

    # --- one address

    def frame(self, address: str) -> Frame:
        return self.timeline.frame(self.timeline.course.parse(address))

    def numbers(self, address: str) -> list[float]:
        frame = self.frame(address)
        return frame.numbers(frame.moment)

    def value(self, address: str) -> float:
        (value,) = self.numbers(address)
        return value

    def slope(self, address: str) -> float:
        frame = self.frame(address)
        return frame.slope(frame.moment.layer, frame.moment.neuron)

    def before(self, address: str) -> list[float]:
        """The weights of the row, bias first, before the update at that address."""
        frame = self.frame(address)
        row = frame.weights_before(frame.moment.layer)[frame.moment.neuron - 1]
        return row[~np.isnan(row)].tolist() if not frame.scenario.network.layers[frame.moment.layer - 1].biases else row.tolist()

    def step(self, address: str) -> int:
        return self.timeline.course.parse(address)

    def final(self, layer: int) -> np.ndarray:
        """The weights into a layer when the run is over."""
        return self.timeline.weights(len(self.timeline))[layer - 1]

    # --- the whole run

    @cached_property
    def _sweep(self) -> tuple[np.ndarray, np.ndarray]:
        return self.sweep(self.scenario.epochs)

    def sweep(self, epochs: int) -> tuple[np.ndarray, np.ndarray]:
        """Outputs as they were when each data point had its turn, (epochs, points, outputs), and the targets then."""
        count, outputs = epochs * self.points, self.scenario.network.blocks[-1].outputs
        a = np.concatenate([made.a[:, outputs] for _, made in self.timeline.folded(0, count, Wanted(numbers=True))])
        y = self.scenario.y[self.timeline.orders.rows_of(0, count)]
        shape = (epochs, self.points, self.scenario.network.outputs)
        return a.reshape(shape), y.reshape(shape)

    def right(self, epochs: int | None = None) -> np.ndarray:
        """Whether each answer was right, (epochs, points): largest output, or the right side of 0.5."""
        a, y = self._sweep if epochs is None else self.sweep(epochs)
        if a.shape[2] > 1:
            return a.argmax(axis=2) == y.argmax(axis=2)
        return ((a > 0.5) == (y > 0.5))[:, :, 0]

    def right_in(self, epoch: int) -> int:
        return int(self.right()[epoch - 1].sum())

    def all_right_from(self) -> int:
        """The first epoch from which on no answer is wrong."""
        flawed = np.flatnonzero(~self.right().all(axis=1))
        return int(flawed[-1]) + 2 if len(flawed) else 1

    @cached_property
    def means(self) -> np.ndarray:
        """The mean cost of each epoch, as plotted."""
        costs = self.timeline.costs(0, len(self.timeline)).reshape(-1, self.points)
        return np.add.accumulate(costs, axis=1)[:, -1] / self.points

    def mean(self, epoch: int) -> float:
        return float(self.means[epoch - 1])

    def under_from(self, bound: float) -> int:
        """The first epoch from which on the mean cost is under `bound`."""
        return int(np.flatnonzero(~(self.means < bound))[-1]) + 2


@cache
def run_of(name: str) -> Run:
    return Run(name)


def plain(text: str) -> str:
    return " ".join(text.split())


def claim(name: str, *words: str) -> Callable[[Callable[[Run], None]], Callable[[], None]]:
    """Marks a test as the check of these words of a scenario."""
    CLAIMED.setdefault(name, []).extend(words)

    def mark(check: Callable[[Run], None]) -> Callable[[], None]:
        def test() -> None:
            run = run_of(name)
            texts = [plain(run.scenario.about), *map(plain, told(run.scenario))]
            for phrase in words:
                assert any(phrase in text for text in texts), f"{name} does not say {phrase!r} any more"
            check(run)

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return mark


def told(scenario: Scenario) -> tuple[str, ...]:
    """What a scenario says at its stops: its notes, and the hints of its questions."""
    return (*(note.text for note in scenario.notes), *(question.hint for question in scenario.questions))


def shown(value: float, text: str) -> bool:
    """Whether `value`, rounded to the digits that `text` has, is `text`."""
    number = text.replace("−", "-").replace(",", "")
    mantissa, _, exponent = number.partition("e")
    digits = len(mantissa.partition(".")[2])
    written = f"{value:.{digits}e}" if exponent else f"{value:.{digits}f}"
    return float(written) == float(number) and (float(number) != 0 or digits == 0 or abs(value) < 0.5 * 10.0**-digits)


def settings(name: str) -> dict[str, object]:
    """What a scenario file says, its texts left out, as {"training.eta": 0.5, "network.layer.1.units": 2, …}."""
    flat: dict[str, object] = {}

    def walk(value: object, path: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, f"{path}.{key}" if path else key)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, inner in enumerate(value, start=1):
                walk(inner, f"{path}.{number}")
        else:
            flat[path] = value

    document = tomllib.loads((folder() / f"{name}.toml").read_text(encoding="utf-8"))
    walk({key: value for key, value in document.items() if key not in ("title", "about", "note", "question")}, "")
    return flat


def differences(name: str, other: str) -> set[str]:
    """The keys in which two scenario files differ."""
    a, b = settings(name), settings(other)
    return {key for key in a.keys() | b.keys() if a.get(key) != b.get(key)}


_ADDRESS = re.compile(r"(?<![\d.,])\d+:\d+(?::[a-z]+(?::\d+){0,2})?")
_NO_CLAIM = re.compile(r"\(\d+\)|[xwhr]\d\b|relu\d|line\d|twin\d|bit\d|\b\d+-\d+-\d+\b")  # equations, names, shapes

_COUNT = re.compile(r"[0-9]|\b(?:twenty|thirty|forty|fifty|sixty|hundred|thousand|million)\b")


def addresses(text: str) -> list[str]:
    return _ADDRESS.findall(text)


def unchecked(name: str) -> list[str]:
    """Texts of a scenario with numbers that no test claims, and notes (not hints) that no test claims at all."""
    scenario = nntui.load(name)
    left = []
    hints = {question.hint for question in scenario.questions}
    for text in (scenario.title, scenario.about, *told(scenario)):
        rest = plain(text)
        for phrase in sorted(CLAIMED.get(name, []), key=len, reverse=True):
            rest = rest.replace(phrase, "✓")
        bare = _NO_CLAIM.sub("", _ADDRESS.sub("", rest))
        if _COUNT.search(bare) or ("✓" not in rest and text not in (scenario.title, *hints)):
            left.append(rest)
    return left
