"""Types for the parameters of a view that are columns of the data: they become a list to choose from.

    def view(frame, y: NumberColumn = "", colour: CategoryColumn | None = None): ...

The default "" means the first column of that kind; None offers 'none'.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True)
class OfKind:
    """The kinds of columns that a parameter accepts (see `paebbl_viz.store.columns`)."""

    kinds: tuple[str, ...]


NumberColumn = Annotated[str, OfKind(("number",))]
TimeColumn = Annotated[str, OfKind(("time",))]
CategoryColumn = Annotated[str, OfKind(("category", "bool"))]
AxisColumn = Annotated[str, OfKind(("time", "number", "category", "bool"))]
ColourColumn = Annotated[str, OfKind(("category", "bool", "number"))]
AnyColumn = Annotated[str, OfKind(("number", "time", "category", "bool"))]
