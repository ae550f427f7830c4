from typing import Literal

import plotly.express as px
import polars as pl
from plotly.graph_objects import Figure

NEEDS = ("conversion_pct", "feedstock", "reactor", "shift")
ORDER = 11


def conversion_by_feedstock(
    frame: pl.DataFrame, group_by: Literal["reactor", "shift", "nothing"] = "reactor"
) -> Figure:
    """Conversion by feedstock

    The middle half of all runs is inside of the box, the line in it is the median; the whiskers hold the rest but the
    outliers.
    """
    colour = None if group_by == "nothing" else group_by
    order = sorted(frame["feedstock"].cast(pl.String).unique().drop_nulls().to_list())
    figure = px.box(
        frame.sort(group_by) if colour else frame,
        x="feedstock",
        y="conversion_pct",
        color=colour,
        category_orders={"feedstock": order},
    )
    return figure.update_traces(boxpoints=False).update_layout(yaxis_range=[0, 100])
