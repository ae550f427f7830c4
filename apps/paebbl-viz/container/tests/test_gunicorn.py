"""The real server with the real settings, asked over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

CONTAINER = Path(__file__).parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(tmp_path):
    """gunicorn as the task definition starts it, on a free port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "paebbl_viz.wsgi:app"]
    environment = {**os.environ, "PAEBBL_STATE_DIR": str(tmp_path / "state"), "PYTHONDONTWRITEBYTECODE": "1"}
    log = (tmp_path / "log").open("w+")
    process = subprocess.Popen(command, cwd=CONTAINER, env=environment, stdout=log, stderr=subprocess.STDOUT)
    base = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{base}/readyz", timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if process.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    pytest.fail(f"gunicorn did not start:\n{log.read()}")
                time.sleep(0.1)
        yield base, process, tmp_path / "log"
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        log.close()


def test_gunicorn_serves_pages_and_figures_logs_json_and_stops_cleanly(server):
    base, process, log = server
    for _ in range(4):
        with urllib.request.urlopen(f"{base}/", timeout=30) as answer:
            assert b"clean.csv" in answer.read()
    with urllib.request.urlopen(f"{base}/views/operating-window/figure.json", timeout=30) as answer:
        assert json.load(answer)["rows"] == 3200
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    requests = [line for line in lines if line.get("event") == "request"]
    assert [line["path"] for line in requests].count("/") == 4
    assert all(line["status"] == 200 for line in requests)


def conversation(base: str, *requests: bytes) -> list[tuple[int, dict[str, str], bytes]]:
    """Sends requests over one connection, each when the one before was answered; (status, headers, body) of each."""
    host, port = base.removeprefix("http://").split(":")
    found = []
    with socket.create_connection((host, int(port)), timeout=30) as wire:
        for request in requests:
            wire.sendall(request)
            response = http.client.HTTPResponse(wire)
            response.begin()
            headers = {name.lower(): value for name, value in response.getheaders()}
            found.append((response.status, headers, response.read()))
    return found


FIGURE = "GET /views/operating-window/figure.json?w=1000 HTTP/1.1\r\nHost: h\r\nAccept-Encoding: br\r\n"


def test_the_second_answer_over_a_connection_is_the_first_one_again_without_a_thread(server):
    base, process, log = server
    plain = f"{FIGURE}\r\n".encode()
    first, second = conversation(base, plain, plain)
    assert second[::2] == first[::2]
    usual = {name: value for name, value in first[1].items() if name != "date"}
    assert {name: value for name, value in second[1].items() if name != "date"} == usual
    known = f"{FIGURE}If-None-Match: {first[1]['etag']}\r\n\r\n".encode()
    assert [(status, body) for status, _, body in conversation(base, plain, known)][1] == (304, b"")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    paths = [line["path"] for line in lines if line.get("event") == "request" and "figure" in line["path"]]
    assert paths == ["/views/operating-window/figure.json"] * 4


def test_a_request_with_a_body_after_a_cached_one_is_read_to_its_end(server):
    base, _, _ = server
    plain = f"{FIGURE}\r\n".encode()
    with_body = f"{FIGURE}Content-Length: 5\r\n\r\nhello".encode()
    answers = conversation(base, plain, plain, with_body, plain)
    assert [status for status, _, _ in answers] == [200, 200, 200, 200]
    assert len({body for _, _, body in answers}) == 1


def test_readers_that_are_slow_get_the_whole_answer_and_stop_nobody(server):
    base, _, _ = server
    host, port = base.removeprefix("http://").split(":")
    whole = f"{FIGURE}\r\n".replace("Accept-Encoding: br\r\n", "").encode()
    expected = conversation(base, whole)[0][2]
    readers = []
    for _ in range(12):
        wire = socket.socket()
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        wire.settimeout(60)
        wire.connect((host, int(port)))
        readers.append(wire)
    for wire in readers:
        wire.sendall(whole)
        response = http.client.HTTPResponse(wire)
        response.begin()
        assert response.read() == expected
        wire.sendall(whole)  # and now nobody reads
    assert conversation(base, whole, whole)[1][2] == expected
    for wire in readers:
        response = http.client.HTTPResponse(wire)
        response.begin()
        assert response.read() == expected
        wire.close()
