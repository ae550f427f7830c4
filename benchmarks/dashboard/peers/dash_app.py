"""The same chart as a Dash app with a callback."""

import os

import pandas as pd
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

FRAME = pd.read_csv(os.environ["BENCH_FILE"], parse_dates=["time"])
dash = Dash(__name__, serve_locally=True)
app = dash.server
dash.layout = html.Div(
    [
        dcc.Dropdown(sorted(FRAME.region.unique()), "north", id="region"),
        dcc.Graph(id="plot", style={"height": "600px"}),
    ]
)


@dash.callback(Output("plot", "figure"), Input("region", "value"))
def draw(region: str) -> go.Figure:
    chosen = FRAME[FRAME.region == region]
    made = go.Figure()
    for column in ("temperature", "pressure"):
        for kind, part in chosen.groupby("kind"):
            made.add_trace(go.Scattergl(x=part.time, y=part[column], name=f"{kind} {column}", mode="lines"))
    return made
