"""Value classes behave as the standard library's dataclasses do, though their methods are made later."""

import dataclasses
import importlib
import inspect
import pickle
import pkgutil
from dataclasses import FrozenInstanceError, field
from typing import ClassVar

import pytest

import nntui
from nntui.values import dataclass

FORMS = {"frozen": {"frozen": True}, "mutable": {}, "identity": {"frozen": True, "eq": False}, "no repr": {"repr": False}}


def _pair(decorator, **form):
    """A class and one that inherits from it, with fields of every kind that the project has."""

    @decorator(slots=True, **form)
    class Base:
        """Words."""

        shared: ClassVar[int] = 3
        a: int
        b: list = field(default_factory=list)

    @decorator(slots=True, **form)
    class Further(Base):
        c: str = "c"
        hidden: int = field(default=0, repr=False, compare=False)
        twice: int = field(init=False)
        named: float = field(default=0.5, kw_only=True)

        def __post_init__(self):
            object.__setattr__(self, "twice", 2 * self.a)

    return Base, Further


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_comes_out_is_what_the_standard_library_makes(form):
    told = []
    for decorator in (dataclasses.dataclass, dataclass):
        base, further = _pair(decorator, **form)
        one, other = further(1, [2], named=2.5), further(1, [2], "c", 9, named=2.5)
        assert [further(number).twice for number in range(3)] == [0, 2, 4]
        assert [base(number).a for number in range(3)] == [0, 1, 2]
        told.append((
            [(f.name, f.type, f.init, f.repr, f.compare, f.kw_only) for f in dataclasses.fields(further)],
            further.__match_args__, base.__slots__, further.__slots__, further.shared, base.__doc__,
            one == other, one != further(3), one == base(1, [2]), base(1) == base(1), base.__hash__ is None,
            repr(dataclasses.replace(one, a=5)).partition("(")[2] if form.get("repr", True) else "",
            list(inspect.signature(further.__init__).parameters),
        ))  # fmt: skip
    assert told[0] == told[1]


WRONG = {
    "none for a": ((), {}),
    "too many": ((1, [2], "c", 9, 0.5), {}),
    "one twice": ((1,), {"a": 1}),
    "an unknown one": ((1,), {"unknown": 1}),
    "one that is no argument": ((1,), {"twice": 1}),
}
"""Calls of `_pair`'s second class."""


@pytest.mark.parametrize(("arguments", "named"), WRONG.values(), ids=WRONG)
def test_a_wrong_call_is_refused_in_the_words_of_the_standard_library(arguments, named):
    said = []
    for decorator in (dataclasses.dataclass, dataclass):
        _, further = _pair(decorator)
        with pytest.raises(TypeError) as refused:
            further(*arguments, **named)
        said.append(str(refused.value))
    assert len(set(said)) == 1


def test_a_frozen_value_takes_no_change_and_is_hashed_by_its_fields():
    @dataclass(slots=True, frozen=True)
    class Pair:
        a: int
        b: int = 2

    one = Pair(1)
    for change in (lambda: setattr(one, "a", 2), lambda: delattr(one, "a"), lambda: setattr(one, "new", 2)):
        with pytest.raises(FrozenInstanceError):
            change()
    assert (hash(one), one) == (hash(Pair(1, 2)), Pair(1, 2))
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'a'"):
        Pair()
    match one:
        case Pair(a, b):
            assert (a, b) == (1, 2)


def test_the_projects_own_values_are_pickled():
    from nntui.training.address import Moment

    assert pickle.loads(pickle.dumps(Moment("z", 1, 2))) == Moment("z", 1, 2)


def test_every_value_class_takes_the_arguments_that_the_standard_library_would():
    """Of each class the signature, once compiled, beside that of a dataclass with the same fields."""
    seen = 0
    for module in pkgutil.walk_packages(nntui.__path__, "nntui."):
        if module.name == "nntui.__main__" or ".fold_" in module.name:  # the compiled engine is no module
            continue
        for cls in vars(importlib.import_module(module.name)).values():
            if not (inspect.isclass(cls) and "__value_fields__" in vars(cls) and cls.__module__ == module.name):
                continue
            with pytest.raises(TypeError):
                cls(**{"no field": 1})
            standard = dataclasses.make_dataclass("Standard", [(f.name, f.type, f) for f in dataclasses.fields(cls)], eq=False)
            told = [
                [(p.name, p.kind, p.default is p.empty) for p in inspect.signature(one.__init__).parameters.values()]
                for one in (standard, cls)
            ]
            assert told[0] == told[1], cls
            seen += 1
    assert seen > 150
