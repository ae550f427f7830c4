"""The worker answers from the lane without a thread, and only then."""

from __future__ import annotations

import logging
import os
import selectors
import socket

import pytest
from gunicorn.config import Config
from gunicorn.workers.gthread import TConn

from paebbl_viz.cache import Answer
from paebbl_viz.fast.worker import LaneWorker

ASK = b"GET /views/a/figure.json?w=1 HTTP/1.1\r\nHost: h\r\n\r\n"


@pytest.fixture
def worker(bundled_app):
    """A worker with a loop and threads, of which the lane knows one address."""
    made = LaneWorker(1, os.getpid(), [], None, 30, Config(), logging.getLogger("test"))
    made.lane = bundled_app.extensions["paebbl_viz"].lane
    made.tpool = made.get_thread_pool()
    made.poller = selectors.DefaultSelector()
    made.method_queue.init()
    yield made
    made.tpool.shutdown()
    made.poller.close()
    made.method_queue.close()


@pytest.fixture
def answer(worker):
    made = Answer.of(os.urandom(400_000))
    worker.lane.remember("/views/a/figure.json", "w=1", worker.lane.library.versions.stamp(), made)
    return made


def connect(worker, monkeypatch):
    """(our end, the client's end, what was handed to threads)."""
    ours, client = socket.socketpair()
    client.settimeout(30)
    conn = TConn(worker.cfg, ours, ("", 0), ("", 0))
    conn.set_timeout()
    worker.keepalived_conns.append(conn)
    worker.poller.register(ours, selectors.EVENT_READ)
    handed = []
    monkeypatch.setattr(worker, "enqueue_req", handed.append)
    return conn, client, handed


def read(client, body):
    """All bytes of one answer, which ends with the body."""
    found = b""
    while not found.endswith(body):
        part = client.recv(65_536)
        assert part
        found += part
    return found


def test_what_is_in_the_lane_is_sent_by_the_loop(worker, answer, monkeypatch):
    conn, client, handed = connect(worker, monkeypatch)
    conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1_000_000)
    monkeypatch.setattr(worker.tpool, "submit", lambda *_: pytest.fail("a thread was used"))
    for _ in range(2):
        client.sendall(ASK)
        worker.on_client_socket_readable(conn, conn.sock)
        assert read(client, answer.body).startswith(b"HTTP/1.1 200 OK\r\n")
    assert (handed, list(worker.keepalived_conns)) == ([], [conn])


def test_what_is_not_in_the_lane_goes_to_a_thread_untouched(worker, answer, monkeypatch):
    conn, client, handed = connect(worker, monkeypatch)
    other = ASK.replace(b"w=1", b"w=2")
    client.sendall(other)
    worker.on_client_socket_readable(conn, conn.sock)
    assert handed == [conn]
    assert conn.sock.recv(1_000) == other


def test_a_stopping_worker_leaves_every_request_to_threads_which_announce_the_end(worker, answer, monkeypatch):
    conn, client, handed = connect(worker, monkeypatch)
    worker.alive = False
    client.sendall(ASK)
    worker.on_client_socket_readable(conn, conn.sock)
    assert handed == [conn]


def test_the_rest_of_an_answer_for_a_slow_reader_is_sent_by_a_thread(worker, answer, monkeypatch):
    conn, client, _ = connect(worker, monkeypatch)
    conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
    client.sendall(ASK)
    worker.on_client_socket_readable(conn, conn.sock)
    assert list(worker.keepalived_conns) == []
    assert read(client, answer.body).count(b"HTTP/1.1 200 OK") == 1


def test_new_data_make_the_answer_unreachable(worker, answer, monkeypatch):
    conn, client, handed = connect(worker, monkeypatch)
    monkeypatch.setattr(worker.lane.library.versions, "stamp", lambda: (0, 0))
    client.sendall(ASK)
    worker.on_client_socket_readable(conn, conn.sock)
    assert handed == [conn]
