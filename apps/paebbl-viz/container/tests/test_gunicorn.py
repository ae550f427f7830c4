"""The real server with the real settings, asked over HTTP."""

from __future__ import annotations

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
