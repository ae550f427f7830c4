"""Errors as pages that people can read; never a stack trace."""

from __future__ import annotations

import orjson
from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from paebbl_viz.errors import BadRequest, NoData, VizError
from paebbl_viz.logs import LOGGER
from paebbl_viz.wiring import services


def handle(app: Flask) -> None:
    app.register_error_handler(BadRequest, lambda error: _answer(400, "That address does not work", str(error)))
    app.register_error_handler(NoData, lambda error: _answer(503, "There are no data to show", str(error)))
    app.register_error_handler(VizError, _viz)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _viz(error: VizError) -> Response:
    headings = {401: "You are not signed in", 403: "This is not for you", 500: "Something went wrong", 503: "Not now"}
    return _answer(error.status, headings.get(error.status, "That did not work"), str(error))


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status == 404:
        return _answer(404, "This page does not exist", "The address is wrong, or the view was taken away.")
    return _answer(status, error.name, error.description or "")


def _unexpected(error: Exception) -> Response:
    LOGGER.error("unexpected error", exc_info=error, extra={"event": "unexpected_error", "path": request.path[:500]})
    return _answer(500, "Something went wrong", "The error is in the log. Go back, or try again in a moment.")


def _answer(status: int, heading: str, message: str) -> Response:
    if request.path.endswith(".json") or request.accept_mimetypes.best == "application/json":
        body = orjson.dumps({"error": message, "kind": "http", "status": status})
        response = make_response(body, status)
        response.content_type = "application/json"
    else:
        response = make_response(
            render_template("error.html", title=services().settings.title, heading=heading, message=message), status
        )
    response.headers["Cache-Control"] = "no-store"
    return response
