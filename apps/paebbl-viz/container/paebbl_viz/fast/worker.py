"""gunicorn's threaded worker, which answers what is in the fast lane without a thread.

The usual way of a request is: the loop sees that a connection is readable, hands it to a thread, the thread parses,
builds a WSGI environment, calls the app, and hands the connection back.  For an answer that lies ready that is most of
the time spent.  Here the loop itself looks at what arrived (without taking it), and when it is the head of a plain GET
for an answer in the lane, sends that; everything else goes the usual way, as if nobody had looked.
"""

from __future__ import annotations

import socket
import time
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from paebbl_viz.fast.head import MOST_BYTES, parse_head
from paebbl_viz.fast.lane import FastLane
from paebbl_viz.wiring import KEY

# A connection's time to live is renewed when this much of it has gone, in seconds: not with each request.
RENEW_SECONDS = 5


class LaneWorker(ThreadWorker):
    """`worker_class = "paebbl_viz.fast.worker.LaneWorker"`."""

    lane: FastLane | None = None

    def load_wsgi(self) -> None:
        super().load_wsgi()
        self.lane = self.wsgi.extensions[KEY].lane

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """Called by the loop when a kept-alive connection has data."""
        if not self._answered(conn):
            super().on_client_socket_readable(conn, client)

    def _answered(self, conn: TConn) -> bool:
        # A stopping worker says so in its answers, which is the usual way's business.
        if not self.alive or self.lane is None or conn.is_http2 or self.cfg.is_ssl:
            return False
        try:
            data = conn.sock.recv(MOST_BYTES, socket.MSG_PEEK)
            head = parse_head(data)
            reply = self.lane.reply(head) if head else None
            if reply is None:
                return False
            conn.sock.recv(len(data))
        except OSError:
            return False  # the connection broke: the usual way knows how to end it
        try:
            sent = conn.sock.sendmsg(reply)
        except OSError:
            sent = 0  # a reader that is behind, or has gone: the thread finds out which
        self.nr += 1
        if sent < len(reply[0]) + len(reply[1]):
            self._send_rest(conn, b"".join(reply)[sent:])
        elif conn.timeout - time.monotonic() < self.cfg.keepalive - RENEW_SECONDS:
            self.keepalived_conns.remove(conn)
            conn.set_timeout()
            self.keepalived_conns.append(conn)
        return True

    def _send_rest(self, conn: TConn, rest: bytes) -> None:
        """In a thread: a slow reader must not stop the loop."""

        def send() -> bool:
            conn.sock.setblocking(True)
            conn.sock.sendall(rest)
            return True

        def finish(done: Any) -> None:
            self.method_queue.defer(self.finish_request, conn, done)

        self.poller.unregister(conn.sock)
        self.keepalived_conns.remove(conn)
        self.tpool.submit(send).add_done_callback(finish)
