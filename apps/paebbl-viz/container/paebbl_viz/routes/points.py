"""The rows under the cursor of a chart, as JSON."""

from __future__ import annotations

import math

from flask import Blueprint, request

from paebbl_viz import labels
from paebbl_viz.errors import BadRequest
from paebbl_viz.fast.nearby import Spot, nearby
from paebbl_viz.filters import parse_filters
from paebbl_viz.rows import cells
from paebbl_viz.shown import shown_data
from paebbl_viz.store.dataset import Dataset

blueprint = Blueprint("points", __name__)
# A table of hundreds of columns does not fit under a chart.
MOST_COLUMNS = 20


@blueprint.get("/points.json")
def points() -> dict[str, object]:
    """`?x=COLUMN&y=COLUMN&at=X,Y&reach=DX,DY` and filters as everywhere.

    Answers `{"count": rows within reach, "rows": [[[label, exact value], ...], ...]}`, the nearest row first.  Both
    axes in their own units, times in milliseconds.
    """
    data = shown_data().data
    x, y = _axis(data, "x", ("number", "time")), _axis(data, "y", ("number",))
    at, reach = _pair("at"), _pair("reach")
    if min(reach) <= 0:
        raise BadRequest(f"'reach' must be two numbers above 0, got: {request.args['reach'][:80]}")
    count, rows = nearby(parse_filters(data, request.args), x, y, Spot(*at, *reach))
    # What was pointed at comes first.
    names = list(dict.fromkeys([x, y, *data.by_name]))[:MOST_COLUMNS]
    columns = [(labels.label(name), cells(data, data.by_name[name], rows)) for name in names]
    return {"count": count, "rows": [[[name, values[row]] for name, values in columns] for row in range(len(rows))]}


def _axis(data: Dataset, key: str, kinds: tuple[str, ...]) -> str:
    name = request.args.get(key, "")
    if name not in data.by_name or data.by_name[name].kind not in kinds:
        raise BadRequest(f"'{key}' must be a column of {' or '.join(kinds)}s, got: {name[:80]}")
    return name


def _pair(key: str) -> tuple[float, float]:
    text = request.args.get(key, "")
    try:
        first, second = (float(part) for part in text.split(","))
    except ValueError:
        first = second = math.nan
    if not (math.isfinite(first) and math.isfinite(second)):
        raise BadRequest(f"'{key}' must be two numbers with a comma between them, got: {text[:80]}")
    return first, second
