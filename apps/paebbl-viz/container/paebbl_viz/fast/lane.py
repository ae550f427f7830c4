"""Answers that were given before leave before Flask is asked, at a tenth of the usual price of a request.

Only whole answers of the figure route are kept, and only as long as they are in the cache of answers.  What is shown is
decided by the same stamp as everywhere: new data make every old answer unreachable at once.

`__call__` serves any WSGI server; `reply` is for `fast.worker`, which asks before there is a WSGI environment.
"""

from __future__ import annotations

import time
import weakref
from collections import OrderedDict
from collections.abc import Iterable
from email.utils import formatdate
from threading import Lock
from typing import TYPE_CHECKING, Any

from paebbl_viz.cache import Answer
from paebbl_viz.fast.head import Head
from paebbl_viz.identity import pseudonym_of
from paebbl_viz.library import Library
from paebbl_viz.logs import tell_request
from paebbl_viz.security import HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

MOST_ADDRESSES = 5_000
ALWAYS = [
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-cache, private"),
    ("Vary", "Accept-Encoding"),
    *HEADERS.items(),
]
ALWAYS_BYTES = "".join(f"{name}: {value}\r\n" for name, value in ALWAYS).encode("latin-1")


class FastLane:
    """A WSGI app in front of another; `remember` is called by the figure route."""

    def __init__(self, app: WSGIApplication, library: Library) -> None:
        self.app = app
        self.library = library
        self._lock = Lock()
        # By the address as it travels: 'path?query'.
        self._known: OrderedDict[str, tuple[object, weakref.ref[Answer]]] = OrderedDict()

    def remember(self, path: str, query: str, stamp: object, answer: Answer) -> None:
        with self._lock:
            self._known[_address(path, query)] = (stamp, weakref.ref(answer))
            while len(self._known) > MOST_ADDRESSES:
                self._known.popitem(last=False)

    def find(self, address: str) -> Answer | None:
        """The answer for 'path?query', if it is still about the data that are shown."""
        found = self._known.get(address)
        if found is None or found[0] != self.library.versions.stamp():
            return None
        return found[1]()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "GET":
            answer = self.find(_address(environ["PATH_INFO"], environ.get("QUERY_STRING", "")))
            if answer is not None:
                return self._send(environ, start_response, answer)
        return self.app(environ, start_response)

    def reply(self, head: Head) -> tuple[bytes, bytes] | None:
        """The head and the body to send for a request, None when it must go the usual way."""
        answer = self.find(head.target)
        if answer is None:
            return None
        started = time.perf_counter()
        get = head.fields.get
        status, body, packed = _choose(answer, get("if-none-match"), get("accept-encoding", ""))
        lines = f"HTTP/1.1 {status}\r\nServer: gunicorn\r\nDate: {formatdate(usegmt=True)}\r\n"
        lines += "Connection: keep-alive\r\n"
        lines += f'ETag: W/"{answer.etag}"\r\n'
        if packed:
            lines += "Content-Encoding: br\r\n"
        if status == OK:
            lines += f"Content-Length: {len(body)}\r\n"
        path = head.target.partition("?")[0]
        _log(path, status, started, get("x-amzn-trace-id", ""), get("x-amzn-oidc-identity", ""))
        return lines.encode("latin-1") + ALWAYS_BYTES + b"\r\n", body

    def _send(self, environ: dict[str, Any], start_response: StartResponse, answer: Answer) -> Iterable[bytes]:
        started = time.perf_counter()
        get = environ.get
        status, body, packed = _choose(answer, get("HTTP_IF_NONE_MATCH"), get("HTTP_ACCEPT_ENCODING", ""))
        headers = [*ALWAYS, ("ETag", f'W/"{answer.etag}"')]
        if packed:
            headers.append(("Content-Encoding", "br"))
        if status == OK:
            headers.append(("Content-Length", str(len(body))))
        start_response(status, headers)
        trace, subject = get("HTTP_X_AMZN_TRACE_ID", ""), get("HTTP_X_AMZN_OIDC_IDENTITY", "")
        _log(environ["PATH_INFO"], status, started, trace, subject)
        return [body]


OK = "200 OK"
NOT_MODIFIED = "304 NOT MODIFIED"


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _choose(answer: Answer, known: str | None, accepted: str) -> tuple[str, bytes, bool]:
    """(status, body, whether the body is packed)."""
    if known == f'W/"{answer.etag}"':
        return NOT_MODIFIED, b"", False
    if answer.packed is not None and _takes_brotli(accepted):
        return OK, answer.packed, True
    return OK, answer.body, False


def _takes_brotli(accepted: str) -> bool:
    return any(part.strip() == "br" for part in accepted.split(","))


def _log(path: str, status: str, started: float, trace: str, subject: str) -> None:
    user = pseudonym_of(subject)
    tell_request("GET", path, int(status[:3]), started=started, request_id=trace[:200], user=user, cached=True)
