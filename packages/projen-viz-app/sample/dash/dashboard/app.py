"""The page and what reacts to what. Sign-in happens in front of it: there is nothing to do for it here."""

from collections.abc import Sequence

from dash import Dash, Input, Output, dcc, html
from plotly.graph_objects import Figure

from dashboard.chart import figure, load

data = load()
feedstocks = sorted(data["feedstock"].unique())

# Scripts come from here and not from another site, so that the page also opens where the internet does not.
app = Dash(__name__, title="Conversion by feedstock", serve_locally=True, update_title=None)
app.layout = html.Main(
    [
        html.A("Sign out", href="/logout", style={"float": "right"}),
        html.H1("Conversion by feedstock"),
        dcc.Dropdown(feedstocks, feedstocks, multi=True, id="feedstocks"),
        dcc.Graph(id="chart"),
        html.P(f"{len(data)} measurements. The data are made up."),
    ],
    style={"font": "1rem/1.5 system-ui, sans-serif", "margin": "0 auto", "maxWidth": "70rem", "padding": "1rem"},
)


@app.callback(Output("chart", "figure"), Input("feedstocks", "value"))
def draw(chosen: Sequence[str]) -> Figure:
    return figure(data[data["feedstock"].isin(chosen)])


# What gunicorn serves.
server = app.server


@server.get("/healthz")
def health() -> str:
    # The load balancer asks every few seconds: answer without touching the data.
    return "ok"
