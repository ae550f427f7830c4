"""A local server that fails as S3 documents it; what works is tested against moto."""

from __future__ import annotations

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CODES = {403: "AccessDenied", 500: "InternalError", 503: "SlowDown"}
BODY = b"a,b\n" + b"9,9\n" * 500


class FakeS3:
    """Answers every request with `fault`: a status, 'hang', 'reset', 'truncated' or 'trickle'."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_args: object) -> None:
                return

            def do_GET(self) -> None:
                self.close_connection = True
                outer._get(self)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _get(self, handler: BaseHTTPRequestHandler) -> None:
        if self.fault == "reset":
            handler.connection.shutdown(socket.SHUT_RDWR)
        elif self.fault == "hang":
            time.sleep(3)
        elif self.fault.isdigit():
            status = int(self.fault)
            error = f"<Error><Code>{CODES[status]}</Code><Message>arn:aws:iam::111122223333:role/x</Message></Error>"
            self._send(handler, status, error.encode())
        elif self.fault == "truncated":
            self._send(handler, 200, BODY[: len(BODY) // 2])
        else:
            self._send(handler, 200, b"")
            for start in range(0, len(BODY), 4):
                handler.wfile.write(BODY[start : start + 4])
                handler.wfile.flush()
                time.sleep(0.05)

    def _send(self, handler: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(BODY) if status == 200 else len(body)))
        handler.send_header("ETag", '"other"')
        handler.send_header("Last-Modified", "Fri, 02 Jan 2026 03:04:05 GMT")
        handler.end_headers()
        handler.wfile.write(body)
