from typing import Literal

from paebbl_viz.filters import Selection
from paebbl_viz.viewing.columns import CategoryColumn, NumberColumn, TimeColumn
from paebbl_viz.viewing.plots import over_time

ORDER = 52


def time_series(
    selection: Selection,
    time: TimeColumn = "",
    value: NumberColumn = "",
    split_by: CategoryColumn | None = None,
    summary: Literal["mean", "median", "sum", "minimum", "maximum", "count"] = "mean",
    every: Literal["automatic", "hour", "day", "week", "month", "quarter", "year"] = "automatic",
) -> dict:
    """Over time

    A column by hour, day, week, month or year.
    """
    return over_time(selection, time, value, split_by, summary=summary, every=every)
