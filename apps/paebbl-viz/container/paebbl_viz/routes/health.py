"""For the load balancer and the scheduler: is the process alive, and has it data to show?"""

from __future__ import annotations

from flask import Blueprint

from paebbl_viz.errors import NoData
from paebbl_viz.wiring import services

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> tuple[str, dict[str, str]]:
    """200 while the process answers; looks at nothing else, so that bad data never restart a task."""
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/readyz")
def ready() -> tuple[str, int, dict[str, str]]:
    """200 when there are data to show, 503 with the reason when there are none."""
    kind = {"Content-Type": "text/plain; charset=utf-8"}
    try:
        shown = services().library.current()
    except NoData as error:
        return f"{error}\n", 503, kind
    return f"ready: {shown.data.rows} rows, version {shown.data.sha256[:8]}\n", 200, kind
