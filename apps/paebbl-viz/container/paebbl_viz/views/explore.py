from typing import Literal

from paebbl_viz.filters import Selection
from paebbl_viz.viewing.columns import AxisColumn, ColourColumn, NumberColumn
from paebbl_viz.viewing.plots import points

ORDER = 50


def explore(
    selection: Selection,
    x: AxisColumn = "",
    y: NumberColumn = "second",
    colour: ColourColumn | None = None,
    draw: Literal["points", "lines"] = "points",
    also: NumberColumn | None = None,
) -> dict:
    """Explore

    Any column against any other, coloured by a third.
    """
    return points(selection, x, y, colour, lines=draw == "lines", also=also)
