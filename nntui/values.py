"""Dataclasses that cost an import next to nothing: their methods are made when they are first needed.

`dataclasses.dataclass` writes and compiles the source of six methods for every class while a module is imported, which
was half of the time that a start spent on modules of ours. Here all methods but `__init__` are ordinary functions over
the names of the fields, and `__init__` is compiled when the first instance is made. What comes out behaves as a
dataclass of the standard library does: `fields`, `replace`, patterns of `match`, `FrozenInstanceError`.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, field, make_dataclass
from inspect import get_annotations
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, get_origin

__all__ = ["dataclass"]

_FIELDS = "__value_fields__"
"""The class attribute with the fields that a class adds to those of its bases: by name, in their order."""


def _own_fields(cls: type, kw_only: bool) -> "dict[str, Field[Any]]":
    """The fields of the class body: its annotations, with what they are set to."""
    found = {}
    annotations: dict[str, Any] = get_annotations(cls)
    for name, annotation in annotations.items():
        if annotation is ClassVar or get_origin(annotation) is ClassVar:
            continue
        given = cls.__dict__.get(name, MISSING)
        found[name] = one = given if isinstance(given, Field) else field(default=given)
        one.name, one.type = name, annotation
        one.kw_only = kw_only if one.kw_only is MISSING else one.kw_only
    return found


def _methods(known: "dict[str, Field[Any]]", frozen: bool, eq: bool, with_repr: bool) -> dict[str, Any]:
    """The methods that need no source of their own."""
    compared = _values(tuple(name for name, one in known.items() if one.compare))
    shown = tuple(name for name, one in known.items() if one.repr)

    def equal(self: object, other: object) -> Any:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(compared(self))

    def shown_as_made(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    methods: dict[str, Any] = {
        "__match_args__": tuple(name for name, one in known.items() if one.init and not one.kw_only),
        "__dataclass_fields__": _StandardFields(known),
    }
    methods |= {"__repr__": shown_as_made} if with_repr else {}
    methods |= {"__eq__": equal} if eq else {}
    methods |= {"__hash__": hashed if frozen else None} if eq else {}
    return methods | (_frozen_methods(tuple(known)) if frozen else {})


def _frozen_methods(names: tuple[str, ...]) -> dict[str, Any]:
    """No attribute is set or deleted; copies and pickles set them all the same."""

    def refuse_to_set(self: object, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def refuse_to_delete(self: object, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def state_of(self: object) -> list[Any]:
        return [getattr(self, name) for name in names]

    def restore(self: object, state: list[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return {
        "__setattr__": refuse_to_set,
        "__delattr__": refuse_to_delete,
        "__getstate__": state_of,
        "__setstate__": restore,
    }


def _values(names: tuple[str, ...]) -> Callable[[object], Any]:
    """The attributes of these names, as a tuple."""
    if len(names) == 1:
        (name,) = names
        return lambda self: (getattr(self, name),)
    return attrgetter(*names) if names else lambda _: ()


class _StandardFields:
    """`__dataclass_fields__`, which `dataclasses.fields` and `replace` read: the standard library's own, made when asked for."""

    def __init__(self, known: "dict[str, Field[Any]]") -> None:
        self._known = known
        self._made: dict[str, Field[Any]] | None = None

    def __get__(self, instance: object, owner: type) -> "dict[str, Field[Any]]":
        if self._made is None:
            rows = [(name, one.type, one) for name, one in self._known.items()]
            words = {"__doc__": "The fields."}  # a class without a docstring would have its signature looked for
            standard: Any = make_dataclass("Fields", rows, namespace=words, init=False, repr=False, eq=False)
            self._made = standard.__dataclass_fields__
        return self._made


def _first_init(cls: type, known: "dict[str, Field[Any]]", frozen: bool) -> Callable[..., None]:
    """An `__init__` that puts the compiled one into its own place."""

    def first(self: object, *arguments: Any, **named: Any) -> None:
        compiled = cls.__init__ = _compiled_init(cls, known, frozen)  # type: ignore[misc]
        compiled(self, *arguments, **named)

    return first


def _compiled_init(cls: type, known: "dict[str, Field[Any]]", frozen: bool) -> Callable[..., None]:
    """def __init__(self, a, b=default_b, *, c): the fields are set through their slots, then __post_init__ is called."""
    names: dict[str, Any] = {"MISSING": MISSING}
    places: list[str] = []
    keywords: list[str] = []
    lines = []
    for name, one in known.items():
        if not one.init:
            continue
        value, default = name, ""
        if one.default is not MISSING:
            names[f"default_{name}"], default = one.default, f"=default_{name}"
        elif one.default_factory is not MISSING:
            names[f"factory_{name}"], default = one.default_factory, "=MISSING"
            value = f"factory_{name}() if {name} is MISSING else {name}"
        (keywords if one.kw_only else places).append(name + default)
        names[f"set_{name}"] = getattr(cls, name).__set__
        lines.append(f"set_{name}(self, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    head = ", ".join(["self", *places, *(["*", *keywords] if keywords else [])])
    exec(f"def __init__({head}):\n    " + "\n    ".join(lines or ["pass"]), names)  # noqa: S102  # names of fields, nothing else
    init: Callable[..., None] = names["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _made(cls: type, frozen: bool, eq: bool, with_repr: bool, kw_only: bool) -> type:
    """The class with slots for the fields of its body and the methods of a dataclass; what it defines itself stays."""
    own = _own_fields(cls, kw_only)
    inherited = [base.__dict__.get(_FIELDS, {}) for base in reversed(cls.__mro__[1:])]
    known = {name: one for fields in (*inherited, own) for name, one in fields.items()}
    body = {name: value for name, value in cls.__dict__.items() if name not in (*own, "__dict__", "__weakref__")}
    body |= {"__slots__": tuple(own), "__qualname__": cls.__qualname__, _FIELDS: own}
    for name, method in _methods(known, frozen, eq, with_repr).items():
        if body.get(name) is None:  # __hash__ is None where a class has an __eq__ of its own
            body[name] = method
    made: Any = type(cls)(cls.__name__, cls.__bases__, body)
    made.__init__ = _first_init(made, known, frozen)
    return made  # type: ignore[no-any-return]


def _decorator(
    *,
    slots: bool,
    frozen: bool = False,
    eq: bool = True,
    repr: bool = True,  # noqa: A002  # as the standard library names it
    kw_only: bool = False,
) -> Callable[[type], type]:
    """As `dataclasses.dataclass`, with slots always. TypeError without."""
    if not slots:
        raise TypeError("a value class has slots; expected dataclass(slots=True)")
    return lambda cls: _made(cls, frozen, eq, repr, kw_only)


if TYPE_CHECKING:  # whoever checks types knows what dataclasses are
    from dataclasses import dataclass
else:
    dataclass = _decorator
