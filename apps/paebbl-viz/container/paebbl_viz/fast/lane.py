"""Answers that were given before leave before Flask is asked, at a tenth of the usual price of a request.

Only whole answers of the figure route are kept, and only as long as they are in the cache of answers.  What is shown is
decided by the same stamp as everywhere: new data make every old answer unreachable at once.
"""

from __future__ import annotations

import time
import weakref
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING, Any

from paebbl_viz.cache import Answer
from paebbl_viz.identity import pseudonym_of
from paebbl_viz.library import Library
from paebbl_viz.logs import LOGGER
from paebbl_viz.security import HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

MOST_ADDRESSES = 5_000
KIND = ("Content-Type", "application/json")
KEEP = ("Cache-Control", "no-cache, private")


class FastLane:
    """A WSGI app in front of another; `remember` is called by the figure route."""

    def __init__(self, app: WSGIApplication, library: Library) -> None:
        self.app = app
        self.library = library
        self._lock = Lock()
        self._known: OrderedDict[tuple[str, str], tuple[object, weakref.ref[Answer]]] = OrderedDict()

    def remember(self, path: str, query: str, stamp: object, answer: Answer) -> None:
        with self._lock:
            self._known[path, query] = (stamp, weakref.ref(answer))
            while len(self._known) > MOST_ADDRESSES:
                self._known.popitem(last=False)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "GET":
            found = self._known.get((environ["PATH_INFO"], environ.get("QUERY_STRING", "")))
            if found is not None and found[0] == self.library.versions.stamp():
                answer = found[1]()
                if answer is not None:
                    return self._send(environ, start_response, answer)
        return self.app(environ, start_response)

    def _send(self, environ: dict[str, Any], start_response: StartResponse, answer: Answer) -> Iterable[bytes]:
        started = time.perf_counter()
        etag = f'W/"{answer.etag}"'
        headers = [KIND, KEEP, ("ETag", etag), ("Vary", "Accept-Encoding"), *HEADERS.items()]
        if environ.get("HTTP_IF_NONE_MATCH") == etag:
            status, body = "304 NOT MODIFIED", b""
        else:
            status = "200 OK"
            if answer.packed is not None and _takes_brotli(environ.get("HTTP_ACCEPT_ENCODING", "")):
                body = answer.packed
                headers.append(("Content-Encoding", "br"))
            else:
                body = answer.body
            headers.append(("Content-Length", str(len(body))))
        start_response(status, headers)
        LOGGER.info(
            "request",
            extra={
                "event": "request",
                "method": "GET",
                "path": environ["PATH_INFO"][:500],
                "status": int(status[:3]),
                "milliseconds": round((time.perf_counter() - started) * 1000, 1),
                "request_id": environ.get("HTTP_X_AMZN_TRACE_ID", "")[:200],
                "user": pseudonym_of(environ.get("HTTP_X_AMZN_OIDC_IDENTITY", "")),
            },
        )
        return [body]


def _takes_brotli(accepted: str) -> bool:
    return any(part.strip() == "br" for part in accepted.split(","))
