"""The usual app: Flask, pandas in memory, every point to the browser."""

import os

import pandas as pd
import plotly.graph_objects as go
from flask import Flask, Response, request

app = Flask(__name__)
FRAME = pd.read_csv(os.environ["BENCH_FILE"], parse_dates=["time"])
PAGE = """<!doctype html><title>naive</title><div id="plot" style="height:600px"></div>
<script src="/plotly.js"></script>
<script>fetch('/figure.json?region=north').then((r) => r.json()).then((f) => Plotly.newPlot('plot', f.data, f.layout))
.then(() => { document.title = 'drawn'; });</script>"""


@app.get("/")
def page() -> str:
    return PAGE


@app.get("/plotly.js")
def bundle() -> Response:
    from plotly.offline import get_plotlyjs

    return Response(get_plotlyjs(), content_type="text/javascript")


@app.get("/figure.json")
def figure() -> Response:
    chosen = FRAME[FRAME.region == request.args["region"]]
    if "from" in request.args:
        chosen = chosen[(chosen.time >= request.args["from"]) & (chosen.time < request.args["to"])]
    mode = request.args.get("mode", "lines")
    made = go.Figure()
    for column in ("temperature", "pressure"):
        for kind, part in chosen.groupby("kind"):
            made.add_trace(go.Scattergl(x=part.time, y=part[column], name=f"{kind} {column}", mode=mode))
    return Response(made.to_json(), content_type="application/json")
