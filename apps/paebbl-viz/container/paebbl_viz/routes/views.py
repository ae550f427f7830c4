"""A page for each view, and its figure as JSON."""

from __future__ import annotations

from urllib.parse import urlencode

import orjson
from flask import Blueprint, Response, abort, g, request

from paebbl_viz.cache import Answer
from paebbl_viz.errors import ViewFailed, ViewNeedsColumns
from paebbl_viz.filters import Selection, parse_filters
from paebbl_viz.logs import LOGGER
from paebbl_viz.page import render
from paebbl_viz.responses import respond
from paebbl_viz.shown import shown_data
from paebbl_viz.viewing.controls import choose, controls
from paebbl_viz.viewing.registry import View
from paebbl_viz.viewing.run import draw
from paebbl_viz.wiring import services

blueprint = Blueprint("views", __name__, url_prefix="/views")
# Options without dumps of numpy: every array is encoded before (viewing.finish).
JSON = "application/json"


@blueprint.get("/<slug>")
def page(slug: str) -> str:
    view = _view(slug)
    shown = shown_data()
    selection = parse_filters(shown.data, request.args)
    problem = None
    chosen = []
    try:
        if lacking := view.lacks(shown.data):
            raise ViewNeedsColumns(lacking)
        chosen = controls(view.parameters, shown.data, choose(view.parameters, shown.data, request.args))
    except ViewNeedsColumns as error:
        problem = error
    return render(
        "view.html",
        shown,
        selection,
        view=view,
        controls=chosen,
        needs=problem,
        figure_url=f"/views/{slug}/figure.json?{urlencode(_query(selection))}",
        reloads=services().registry.reloads,
    )


@blueprint.get("/<slug>/figure.json")
def figure(slug: str) -> Response:
    """`{"figure": ..., "bundle": ..., "reduced": ..., "rows": ...}`,
    or `{"error": ..., "kind": ...}` for the page to show.
    """
    view = _view(slug)
    # Taken before the data are: if they change in between, the answer is remembered for what no longer is.
    stamp = services().library.versions.stamp()
    shown = shown_data()
    selection = parse_filters(shown.data, request.args)
    key = (shown.data.id, slug, services().registry.stamp(slug), tuple(sorted(_query(selection))), selection.window)
    g.cached = True

    def make() -> bytes:
        g.cached = False
        return _draw(view, selection)

    try:
        answer = services().answers.get_or_make(key, make)
    except (ViewFailed, ViewNeedsColumns) as error:
        # Not remembered: what failed for lack of memory or of a file may well work the next time.
        LOGGER.warning("view failed", extra={"event": error.code, "view": view.slug, "reason": str(error)})
        return respond(Answer.of(orjson.dumps({"error": str(error), "kind": error.code})), JSON)
    if not services().registry.reloads and not shown.preview:
        services().lane.remember(request.path, request.query_string.decode("latin-1"), stamp, answer)
    return respond(answer, JSON)


def _draw(view: View, selection: Selection) -> bytes:
    if selection.count == 0:
        return orjson.dumps({"empty": True, "rows": 0, "total": selection.data.rows})
    drawn = draw(view, selection, choose(view.parameters, selection.data, request.args), services().figures)
    return orjson.dumps({**vars(drawn), "total": selection.data.rows})


def _view(slug: str) -> View:
    view = services().registry.get(slug)
    if view is None:
        abort(404, f"There is no view '{slug}'.")
    return view


def _query(selection: Selection) -> list[tuple[str, str]]:
    """The part of the address that changes the figure."""
    own = [(key, value) for key, value in request.args.items(multi=True) if key.startswith("p.")]
    return [*selection.query(), *own]
