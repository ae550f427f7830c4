"""Log lines as JSON, one object a line, so that a log service can search them."""

from __future__ import annotations

import logging
import sys
import time
import uuid
from typing import Any

import orjson
from flask import Flask, Response, g, request

from paebbl_viz import metrics
from paebbl_viz.identity import signed_in_user

LOGGER = logging.getLogger("paebbl_viz")
QUIET = ("/healthz", "/readyz", "/static/")


class JsonFormatter(logging.Formatter):
    """`logger.info("words", extra={"event": "name", ...})` becomes an object with those keys."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()


_STANDARD = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"}


def set_up(level: str) -> None:
    """Sends the app's log lines to standard output as JSON; calling it twice changes nothing."""
    LOGGER.setLevel(level)
    LOGGER.propagate = False
    if not LOGGER.handlers:
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(JsonFormatter())
        LOGGER.addHandler(handler)


def log_requests(app: Flask) -> None:
    """One line for each request: what, how long, and the pseudonym of who."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()
        # The load balancer's own id, so that its log and this one can be joined.
        g.request_id = request.headers.get("x-amzn-trace-id", "")[:200] or uuid.uuid4().hex

    @app.after_request
    def finish(response: Response) -> Response:
        if not request.path.startswith(QUIET):
            user = signed_in_user()
            tell_request(
                request.method,
                request.path,
                response.status_code,
                started=g.get("started", time.perf_counter()),
                request_id=g.get("request_id", ""),
                user=user.pseudonym if user else None,
                cached=g.get("cached"),
            )
        return response


def tell_request(
    method: str,
    path: str,
    status: int,
    *,
    started: float,
    request_id: str,
    user: str | None,
    cached: bool | None = None,
) -> None:
    """The line of a request, and its place in the metrics; `started` is a reading of `time.perf_counter`.

    `cached` is whether the answer was remembered, None where answers never are.
    """
    milliseconds = (time.perf_counter() - started) * 1000
    metrics.REQUESTS.observe(path, status, round(milliseconds, 3), cached)
    line: dict[str, Any] = {
        "event": "request",
        "method": method,
        "path": path[:500],
        "status": status,
        "milliseconds": round(milliseconds, 1),
        "request_id": request_id,
        "user": user,
    }
    LOGGER.info("request", extra=line if cached is None else {**line, "cached": cached})
