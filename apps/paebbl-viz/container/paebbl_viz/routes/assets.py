"""The app's own scripts, styles and the plotting bundle."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from paebbl_viz import assets
from paebbl_viz.cache import Answer
from paebbl_viz.responses import respond

blueprint = Blueprint("assets", __name__)
FOR_EVER = "public, max-age=31536000, immutable"


@blueprint.get("/static/<digest>/<path:name>")
def static(digest: str, name: str) -> Response:
    asset = assets.load(name)
    if asset is None:
        abort(404, "There is no such file.")
    # During a deployment the old page may ask the new app: it gets the file, but keeps it only for now.
    keep = FOR_EVER if digest == asset.digest else "no-cache"
    return respond(Answer(asset.digest, asset.packed, asset.body), asset.content_type, cache_control=keep)
