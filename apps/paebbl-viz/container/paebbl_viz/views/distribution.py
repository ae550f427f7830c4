from typing import Literal

from paebbl_viz.filters import Selection
from paebbl_viz.viewing.columns import AnyColumn, CategoryColumn
from paebbl_viz.viewing.plots import histogram

ORDER = 51


def distribution(
    selection: Selection,
    column: AnyColumn = "",
    split_by: CategoryColumn | None = None,
    steps: int = 40,
    scale: Literal["linear", "logarithmic"] = "linear",
) -> dict:
    """Distribution

    How often each value of a column occurs.
    """
    return histogram(selection, column, split_by, steps=min(400, max(2, steps)), logarithmic=scale == "logarithmic")
