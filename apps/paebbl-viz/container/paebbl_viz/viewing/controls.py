"""Parameters of a view become controls on its page: the type chooses which, the default is what it starts with."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from paebbl_viz import labels
from paebbl_viz.errors import BadRequest, ViewNeedsColumns
from paebbl_viz.store.dataset import Dataset
from paebbl_viz.viewing.columns import OfKind

NONE = "-"
KIND_WORDS = {"number": "numbers", "time": "dates", "category": "categories", "bool": "yes/no"}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a view: `kind` is 'int', 'float', 'bool', 'text', 'choice' or 'column'."""

    name: str
    kind: str
    default: Any
    choices: tuple[str, ...] = ()
    of_kinds: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Control:
    """What the page draws: a parameter with its present value and, for lists, (value, words) of each option."""

    key: str
    label: str
    kind: str
    value: str
    options: tuple[tuple[str, str], ...] = ()


def parameters_of(function: Callable[..., Any]) -> tuple[Parameter, ...]:
    """The parameters after the first, which is the data.  Raises TypeError for one without a default."""
    try:
        hints = typing.get_type_hints(function, include_extras=True)
    except NameError:
        hints = {}
    found = []
    for item in list(inspect.signature(function).parameters.values())[1:]:
        if item.kind in (item.VAR_POSITIONAL, item.VAR_KEYWORD):
            continue
        if item.default is item.empty:
            raise TypeError(f"the parameter '{item.name}' must have a default, which is what the page starts with")
        found.append(_parameter(item.name, item.default, hints.get(item.name)))
    return tuple(found)


def _parameter(name: str, default: Any, hint: Any) -> Parameter:
    optional = False
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        inner = [part for part in typing.get_args(hint) if part is not type(None)]
        optional = len(inner) < len(typing.get_args(hint))
        hint = inner[0]
    for extra in getattr(hint, "__metadata__", ()):
        if isinstance(extra, OfKind):
            return Parameter(name, "column", default, of_kinds=extra.kinds, optional=optional or default is None)
    if typing.get_origin(hint) is typing.Literal:
        return Parameter(name, "choice", default, choices=tuple(str(choice) for choice in typing.get_args(hint)))
    plain = hint if hint in (int, float, bool, str) else type(default)
    kinds = {bool: "bool", int: "int", float: "float"}
    return Parameter(name, kinds.get(plain, "text"), default)


def choose(parameters: tuple[Parameter, ...], data: Dataset, args: MultiDict[str, str]) -> dict[str, Any]:
    """The values for a call of the view, from `p.NAME=` in the address; raises BadRequest for a wrong one."""
    return {item.name: _value(item, data, args) for item in parameters}


def _value(item: Parameter, data: Dataset, args: MultiDict[str, str]) -> Any:
    key = f"p.{item.name}"
    given = args.getlist(key)
    if item.kind == "column":
        return _column(item, data, given[-1] if given else None)
    if not given or (given[-1] == "" and item.kind != "text"):
        return item.default
    text = given[-1]
    if item.kind == "bool":
        return text == "on"
    if item.kind == "choice":
        if text not in item.choices:
            raise BadRequest(f"'{item.name}' must be one of {', '.join(item.choices)}, got: {text[:80]}")
        return text
    if item.kind == "text":
        return text[:200]
    try:
        return int(text) if item.kind == "int" else float(text)
    except ValueError as error:
        what = "a whole number" if item.kind == "int" else "a number"
        raise BadRequest(f"'{item.name}' must be {what}, got: {text[:80]}") from error


def _column(item: Parameter, data: Dataset, given: str | None) -> str | None:
    possible = _columns(item, data)
    if given == NONE and item.optional:
        return None
    if given:
        if given not in possible:
            raise BadRequest(f"'{item.name}' must be a column of {_kinds(item)}, got: {given[:80]}")
        return given
    if item.optional and item.default is None:
        return None
    if item.default in possible:
        return str(item.default)
    if not possible:
        raise ViewNeedsColumns([f"a column of {_kinds(item)}"])
    taken = 1 if item.default == "second" and len(possible) > 1 else 0
    return possible[taken]


def lacking_kind(item: Parameter, data: Dataset) -> str | None:
    """'a column of dates' where the view must have one and the data have none."""
    if item.kind != "column" or item.optional or _columns(item, data):
        return None
    return f"a column of {_kinds(item)}"


def _columns(item: Parameter, data: Dataset) -> list[str]:
    return [name for kind in item.of_kinds for name in data.names(kind)]


def _kinds(item: Parameter) -> str:
    return " or ".join(KIND_WORDS[kind] for kind in item.of_kinds)


def controls(parameters: tuple[Parameter, ...], data: Dataset, values: dict[str, Any]) -> list[Control]:
    return [_control(item, data, values[item.name]) for item in parameters]


def _control(item: Parameter, data: Dataset, value: Any) -> Control:
    options: tuple[tuple[str, str], ...] = ()
    shown = str(value)
    if item.kind == "column":
        options = tuple((name, labels.label(name)) for name in _columns(item, data))
        if item.optional:
            options = ((NONE, "none"), *options)
        shown = NONE if value is None else value
    elif item.kind == "choice":
        options = tuple((choice, choice) for choice in item.choices)
    elif item.kind == "bool":
        shown = "on" if value else ""
    return Control(f"p.{item.name}", labels.label(item.name), item.kind, shown, options)
