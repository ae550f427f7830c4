"""The upload page: drop a file, see what was understood of it, look at its charts, publish it or throw it away."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, jsonify, make_response, request

from paebbl_viz import labels, metrics
from paebbl_viz.errors import BadData, BadRequest
from paebbl_viz.library import Library
from paebbl_viz.logs import LOGGER
from paebbl_viz.page import render
from paebbl_viz.publishers import publisher
from paebbl_viz.reader.child import read_in_child
from paebbl_viz.security import POLICY, refuse_foreign
from paebbl_viz.sources.base import SourceFailed
from paebbl_viz.sources.uploads import Published, Uploads
from paebbl_viz.store.dataset import Dataset, Origin
from paebbl_viz.wiring import services

blueprint = Blueprint("upload", __name__, url_prefix="/upload")


@blueprint.get("")
def page() -> Response:
    uploads = _uploads()
    who = publisher(services().settings)
    shown = services().library.current()
    published = uploads.published(before=request.args.get("before", ""))
    text = render(
        "upload.html",
        shown,
        published=published,
        on_show=_on_show(published.items, shown.data.origin),
        who=who,
        most_mb=services().settings.upload_mb,
    )
    response = make_response(text)
    # The browser sends the file to the bucket itself: this page, and no other, may talk to it.
    address = urlsplit(uploads.form()["url"])
    response.headers["Content-Security-Policy"] = POLICY.replace(
        "connect-src 'self'", f"connect-src 'self' {address.scheme}://{address.netloc}"
    )
    return response


@blueprint.post("/form")
def form() -> Response:
    _allowed()
    return jsonify(_uploads().form())


@blueprint.post("/<upload>/check")
def check(upload: str) -> tuple[Response, int]:
    """What was understood of the file, or what is wrong with it and in which line; 202 while that is not yet known.

    Reading a large file takes longer than the load balancer keeps a silent connection: the page asks again.
    """
    _allowed()
    uploads, library, title = _uploads(), services().library, _title()
    found = services().checks.ask(upload, lambda: _look(library, uploads, upload, title))
    return jsonify(found), 202 if "state" in found else 200


def _look(library: Library, uploads: Uploads, upload: str, title: str) -> dict[str, Any]:
    """Runs without a request."""
    with tempfile.TemporaryDirectory(prefix="upload-", dir=library.versions.state) as folder:
        path = Path(folder) / "upload.csv"
        try:
            tag = uploads.download(upload, path)
            version = read_in_child(path, library.versions.state, limits=library.limits, name=title)
        except BadData as error:
            return {"problem": error.problem, "next_step": error.next_step, "line": error.line}
        except SourceFailed as error:
            return {"problem": str(error), "next_step": "Drop the file again.", "line": None}
    data = library.versions.open(version, Origin("upload", "Upload", title, 0.0))
    return {"version": version, "tag": tag, **_summary(data)}


@blueprint.post("/<upload>/publish")
def publish(upload: str) -> Response:
    who = _allowed()
    name = _uploads().publish(upload, _text("tag", "Look at the file before it is published."), title=_title(), who=who)
    return _published(name, "published")


@blueprint.post("/<upload>/discard")
def discard(upload: str) -> Response:
    _allowed()
    _uploads().discard(upload)
    services().checks.forget(upload)
    return jsonify({"discarded": True})


@blueprint.post("/published/<name>/bring-back")
def bring_back(name: str) -> Response:
    who = _allowed()
    return _published(_uploads().bring_back(name, who=who), "brought back")


def _on_show(published: list[Published], origin: Origin) -> str | None:
    """Which of the published files everybody sees: none of them where another source comes first."""
    if origin.kind != "s3":
        return None
    # S3 tells whole seconds; of two in the same one the source takes the newer, which is the first here.
    return next((item.name for item in published if int(item.when.timestamp()) == int(origin.modified)), None)


def _published(name: str, how: str) -> Response:
    LOGGER.info("a file was published", extra={"event": "data_published", "how": how, "name_in_bucket": name})
    metrics.tell({"Published": (1.0, "Count")})
    services().refresher.request()
    return jsonify({"published": name})


def _uploads() -> Uploads:
    settings = services().settings
    if not settings.upload_bucket:
        abort(404, "Uploads are not set up.")
    return Uploads(settings.upload_bucket, settings.upload_prefix, settings.upload_mb * 1_000_000)


def _allowed() -> str:
    refuse_foreign()
    return publisher(services().settings)


def _title() -> str:
    """The name of the file on the user's computer, for people only: no part of any path or key is made of it."""
    title = _text("title", "The name of the file is missing.")
    return title.replace("\\", "/").rsplit("/", 1)[-1][:200] or "upload.csv"


def _text(key: str, otherwise: str) -> str:
    """What the request says about `key`; raises BadRequest with the words of `otherwise`."""
    body = request.get_json(silent=True)
    text = str(body.get(key, "")) if isinstance(body, dict) else ""
    if not text:
        raise BadRequest(otherwise)
    return text


def _summary(data: Dataset) -> dict[str, Any]:
    return {
        "rows": data.rows,
        "delimiter": data.delimiter,
        "notes": list(data.notes),
        "columns": [
            {
                "name": column.name,
                "kind": column.kind,
                "words": labels.KIND_WORDS[column.kind],
                "values": labels.values(column),
                "missing": column.missing,
            }
            for column in data.columns
        ],
    }
