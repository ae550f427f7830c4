"""The data and the chart: replace both by your own."""

from pathlib import Path

import pandas as pd
import plotly.express as px
from plotly.graph_objects import Figure

DATA = Path(__file__).parent.parent / "data" / "measurements.csv"

# Told apart by people who see colours differently (Okabe and Ito).
COLOURS = ["#0072b2", "#d55e00", "#009e73"]


def load(path: Path = DATA) -> pd.DataFrame:
    return pd.read_csv(path, parse_dates=["day"])


def figure(data: pd.DataFrame) -> Figure:
    return px.line(
        data,
        x="day",
        y="conversion_pct",
        color="feedstock",
        markers=True,
        color_discrete_sequence=COLOURS,
        labels={"day": "Day", "conversion_pct": "Conversion (%)", "feedstock": "Feedstock"},
    )
