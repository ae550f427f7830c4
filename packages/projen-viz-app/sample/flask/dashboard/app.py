"""What the server answers. Sign-in happens in front of it: there is nothing to do for it here."""

from flask import Flask, Response, render_template
from plotly.offline import get_plotlyjs, get_plotlyjs_version

from dashboard.chart import figure, load


def create_app() -> Flask:
    app = Flask(__name__)
    data = load()

    @app.get("/")
    def home() -> str:
        chart = figure(data).to_html(full_html=False, include_plotlyjs=False, config={"displaylogo": False})
        return render_template("page.html", chart=chart, rows=len(data), plotly=get_plotlyjs_version())

    @app.get("/plotly-<version>.js")
    def plotly(version: str) -> Response:
        # From here and not from another site, so that the page also opens where the internet does not.
        response = Response(get_plotlyjs(), mimetype="text/javascript")
        response.cache_control.max_age = 31_536_000
        response.cache_control.private = True
        return response

    @app.get("/healthz")
    def health() -> str:
        # The load balancer asks every few seconds: answer without touching the data.
        return "ok"

    return app
