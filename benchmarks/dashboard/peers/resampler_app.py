"""The same chart as a Dash app with plotly-resampler, which sends a thousand points of each line."""

import os

import pandas as pd
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html
from plotly_resampler import FigureResampler

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
    made = FigureResampler(go.Figure())
    for column in ("temperature", "pressure"):
        for kind, part in chosen.groupby("kind"):
            trace = go.Scattergl(name=f"{kind} {column}", mode="lines")
            made.add_trace(trace, hf_x=part.time, hf_y=part[column])
    return made
