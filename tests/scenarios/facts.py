"""Short facts about a run, as a table writes them, and the sums that a text of a scenario spells out.

1:1:a:1:2 = 0.5987               the number of a step, rounded as written; of a row all, the bias first
1:1:delta:2:1 < 0                each of its numbers; <, >, <= or >=
before 1:1:update:2:1 = 0.5 1 −1 the weights of a row before the update
slope 1:1:a:1:2 = 0.25           σ′
target 1:1 = 1 0                 the targets of a data point
mean 20 = 0.6955                 the mean cost of an epoch
turns 20 = 43                    the answers of an epoch that are right at their turn
final = 148                      the rows of the data that the final weights have right; `after 1 = 102` those after an epoch
moved 1:1:update = 0.1 0 0       by how much each weight of the row grew
eta = 0.4
"""

import re
from itertools import pairwise
from operator import ge, gt, le, lt

from nntui.engine.iteration import outputs
from tests.scenarios.claims import Run, shown

_ORDER = {"<": lt, ">": gt, "<=": le, ">=": ge}
_FACT = re.compile(r"(.*?) (=|<=|>=|<|>) (.*)")
_NUMBER = re.compile(r"−?\d+(?:,\d{3})*(?:\.\d+)?(?:e-\d+)?")
_NAMES = re.compile(
    r"(?<![\d.,])\d+:\d+(?::[a-z]+(?::\d+){0,2})?|\(\d+\)|\(\d,\d\)|\b\d+-\d+-\d+\b|(?<=[a-z])\d+"
    r"|\b(?:row|neuron|output|layer|epoch) \d+",
    re.IGNORECASE,
)
_RUN = r"[\d.·+−/()²½ ]"


def right_after(run: Run, epoch: int) -> int:
    """How many rows of the data the weights after an epoch have right."""
    scenario, weights = run.scenario, run.timeline.iteration(epoch * run.points - 1).after
    said = outputs(scenario.network, weights, scenario.x)
    if said.shape[1] > 1:
        return int((said.argmax(axis=1) == scenario.y.argmax(axis=1)).sum())
    return int(((said > 0.5) == (scenario.y > 0.5)).sum())


def _made(run: Run, what: str) -> list[float]:
    """The numbers that a fact is about."""
    kind, _, rest = what.rpartition(" ")
    match kind:
        case "before":
            return run.before(rest)
        case "moved":
            return [new - old for new, old in zip(run.numbers(rest), run.before(rest), strict=True)]
        case "slope":
            return [run.slope(rest)]
        case "target":
            return run.frame(rest).iteration.y.tolist()
        case "mean":
            return [run.mean(int(rest))]
        case "turns":
            return [run.right_in(int(rest))]
        case "after":
            return [right_after(run, int(rest))]
    if rest in ("final", "eta"):
        return [right_after(run, run.scenario.epochs) if rest == "final" else run.eta]
    assert not kind, what
    return run.numbers(rest)


def holds(run: Run, fact: str) -> bool:
    """Whether a fact is true of a run."""
    found = _FACT.fullmatch(fact)
    assert found, fact
    what, relation, texts = found.groups()
    made, texts = _made(run, what), texts.split()
    if relation == "=":
        return len(made) == len(texts) and all(map(shown, made, texts))
    (bound,) = texts
    return all(_ORDER[relation](value, float(bound.replace("−", "-"))) for value in made)


def said_in(facts: tuple[str, ...]) -> set[str]:
    """The numbers on the right of facts."""
    return {number for fact in facts for number in _FACT.fullmatch(fact)[3].split()}  # type: ignore[index]


def numbers(text: str) -> list[str]:
    """The numbers that a text mentions; no addresses, equations or names."""
    return _NUMBER.findall(_NAMES.sub("", text))


# --- sums in a text


def sums(text: str) -> list[tuple[str, str]]:
    """What a text sets equal in numbers: `0.6 · 0.9 + 0.1 = 0.64` gives ("0.6 · 0.9 + 0.1", "0.64")."""
    found = []
    for clause in re.split(r"[.,:;](?= |$)| and | then ", text):
        sides = clause.split(" = ")
        for left, right in pairwise(sides):
            one, two = re.search(rf"{_RUN}*$", left)[0], re.match(rf"{_RUN}*", right)[0]  # type: ignore[index]
            before, after = left[: len(left) - len(one)], right[len(two) :]
            if _is_whole(one, before[-1:]) and _is_whole(two, after[:1]) and not re.search(r"\b(ln|of)$", before):
                found.append((one.strip(), two.strip()))
    return found


def _is_whole(side: str, neighbour: str) -> bool:
    """Whether a run of numbers and signs is an expression by itself."""
    side_ = side.strip()
    apart = not neighbour or (side[:1] == " " or side[-1:] == " ")
    return bool(re.search(r"\d", side_)) and apart and not re.match(r"[·+/]|− ", side_) and not re.search(r"[·+−/]$", side_)


def _value(expression: str) -> float:
    plain = expression.replace("½", "0.5").replace("²", "**2").replace("−", "-").replace("·", "*")
    return float(eval(plain, {"__builtins__": {}}))  # digits, signs and brackets alone


def is_true(left: str, right: str) -> bool:
    """Whether both sides are equal, but for the rounding of numbers with four decimals or more, and of the right side."""
    value, slack = _value(left), 1e-12
    for number in re.finditer(r"\d+\.\d{4,}", left):
        nudge = 0.5 * 10.0 ** -len(number[0].partition(".")[2])
        slack += abs(_value(f"{left[: number.start()]}({number[0]} + {nudge:.20f}){left[number.end() :]}") - value)
    last = re.findall(r"\d+(?:\.\d+)?", right)[-1]
    return abs(value - _value(right)) <= slack + 0.5 * 10.0 ** -len(last.partition(".")[2])
