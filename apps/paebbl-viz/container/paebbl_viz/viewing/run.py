"""Runs a view on the selected rows and turns what it returns into a finished figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import polars as pl

from paebbl_viz.errors import ViewFailed, ViewNeedsColumns, VizError
from paebbl_viz.fast.turn import Turn
from paebbl_viz.filters import Selection
from paebbl_viz.store.frames import pandas_frame, polars_frame
from paebbl_viz.viewing import plotly_names, theme
from paebbl_viz.viewing.finish import as_figure, finish
from paebbl_viz.viewing.leftovers import Leftovers
from paebbl_viz.viewing.made import MadeFigures
from paebbl_viz.viewing.registry import View, explain

LEFTOVERS = Leftovers()
# Figures of one's own hold all of their rows while they are made: two at once are no faster, and need twice the memory.
ONE_AT_A_TIME = Turn()
# Behind a view that takes long nobody waits longer than this.
PATIENCE_SECONDS = 5.0


@dataclass(frozen=True)
class Drawn:
    """A figure as Plotly's JSON, the bundle that can draw it ('lean' or 'full'), whether points were left out
    that a zoom would show, and the number of rows behind it."""

    figure: dict[str, Any]
    bundle: str
    reduced: bool
    rows: int


def draw(view: View, selection: Selection, values: dict[str, Any], made: MadeFigures | None = None) -> Drawn:
    """Raises ViewNeedsColumns when the data are not those of the view, ViewFailed when its code is wrong.

    `made` remembers the figures of views that know nothing of windows; @default - nothing is remembered.
    """
    if view.broken or view.function is None:
        raise ViewFailed(view.broken or "The view could not be loaded.")
    if lacking := view.lacks(selection.data):
        raise ViewNeedsColumns(lacking)
    if view.gives == "selection" or made is None:
        figure = _make(view, selection, values)
    else:
        # A view that was loaded again is another function.
        key = (view.function, selection.data.id, *selection.query(), *values.items())
        figure = made.get_or_make(key, lambda: _make(view, selection, values))
    return Drawn(*finish(figure, selection.data, selection.window), selection.count)


def _make(view: View, selection: Selection, values: dict[str, Any]) -> dict[str, Any]:
    assert view.function is not None  # noqa: S101 - `draw` has looked
    try:
        if view.gives == "selection":
            return as_figure(view.function(selection, **values), view.path.name)
        theme.use()
        plotly_names.remember()
        with ONE_AT_A_TIME.of(PATIENCE_SECONDS), LEFTOVERS.freed():
            return as_figure(view.function(_frame(view, selection), **values), view.path.name)
    except VizError:
        raise
    except pl.exceptions.ColumnNotFoundError as error:
        raise ViewNeedsColumns([_column_in(str(error))]) from error
    except Exception as error:
        if (
            isinstance(error, KeyError)
            and isinstance(error.args[0], str)
            and error.args[0] not in selection.data.by_name
        ):
            raise ViewNeedsColumns([error.args[0]]) from error
        raise ViewFailed(explain(error, view.path)) from error


def _frame(view: View, selection: Selection) -> Any:
    names = list(view.needs) or None
    if view.gives == "pandas":
        return pandas_frame(selection.data, names, selection.rows)
    return polars_frame(selection.data, names, selection.rows)


def _column_in(message: str) -> str:
    """polars says 'unable to find column "x"; valid columns: ...' or just 'x' and a plan of the query."""
    first = message.strip().splitlines()[0]
    quoted = re.search(r'"([^"]+)"', first)
    return (quoted[1] if quoted else first)[:200]
