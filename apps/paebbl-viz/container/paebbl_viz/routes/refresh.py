"""'Refresh now': asks the refresher to look for newer data."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request

from paebbl_viz.security import refuse_foreign
from paebbl_viz.wiring import services

blueprint = Blueprint("refresh", __name__)


@blueprint.post("/refresh")
def refresh() -> Response:
    refuse_foreign()
    services().refresher.request()
    back = request.form.get("back", "/")
    safe = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
    return redirect(safe, code=303)  # type: ignore[return-value]
