"""The first page: what the data are and where to go."""

from __future__ import annotations

from flask import Blueprint

from paebbl_viz import labels
from paebbl_viz.page import render
from paebbl_viz.shown import shown_data
from paebbl_viz.store.columns import Column

blueprint = Blueprint("home", __name__)

BAR_AREA = (96, 24)


@blueprint.get("/")
def home() -> str:
    shown = shown_data()
    return render("home.html", shown, columns=[_about(column, shown.data.rows) for column in shown.data.columns])


def _about(column: Column, rows: int) -> dict[str, object]:
    return {
        "name": column.name,
        "label": labels.label(column.name),
        "kind": labels.KIND_WORDS[column.kind],
        "range": labels.values(column),
        "missing": column.missing,
        "missing_share": f"{column.missing / rows:.1%}" if rows else "",
        "bars": _bars(column.histogram if len(column.histogram) <= 24 else ()),
        "drawable": column.filterable,
    }


def _bars(counts: tuple[int, ...]) -> str:
    """The bars of the small picture as one path: a page of hundreds of columns stays light."""
    if not counts or max(counts) == 0:
        return ""
    width, height = BAR_AREA
    step = width / len(counts)
    path = ""
    for place, count in enumerate(counts):
        if count:
            tall = max(1, round(height * count / max(counts)))
            path += f"M{place * step:g} {height}v-{tall}h{max(0.5, step - 1):g}v{tall}z"
    return path
