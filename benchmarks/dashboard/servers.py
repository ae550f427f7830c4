"""Starts the servers that are compared, one at a time, each with two workers, and says how much memory they hold."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONTAINER = HERE.parents[1] / "apps" / "paebbl-viz" / "container"
OURS_PYTHON = CONTAINER / ".venv" / "bin" / "python"
START_SECONDS = 300


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-data-") as folder:
        yield Path(folder)


@contextmanager
def serve(
    name: str,
    data: str = "",
    views: Path = CONTAINER / "paebbl_viz" / "views",
    *,
    state: Path | None = None,
    cpu_ms: float = 1,
) -> Iterator[tuple[str, int]]:
    """(address, process id) of 'ours', 'naive', 'dash', 'resampler', 'streamlit' or 'constant', until the block ends.

    `state` is where ours keeps what it has read; @default - a folder of this server alone.  `cpu_ms` is what an answer
    of 'constant' costs.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="bench-state-") as own_state:
        environment = {**os.environ, "BENCH_FILE": data, "BENCH_CPU_MS": str(cpu_ms), "PYTHONDONTWRITEBYTECODE": "1"}
        folder, command = (
            HERE / "peers",
            [sys.executable, "-m", "gunicorn", "-w", "2", "-k", "gthread", "--threads", "4"],
        )
        command += ["--timeout", "600", "--bind", f"127.0.0.1:{port}"]
        if name == "ours":
            environment |= {
                "PAEBBL_DATA_FILE": data,
                "PAEBBL_STATE_DIR": str(state or own_state),
                "PAEBBL_HOT_RELOAD": "off",
            }
            environment |= {"PAEBBL_VIEWS_DIR": str(views)}
            folder = CONTAINER
            command = [
                str(OURS_PYTHON),
                "-m",
                "gunicorn",
                "--reuse-port",
                "--timeout",
                "600",
                "--bind",
                f"127.0.0.1:{port}",
                "paebbl_viz.wsgi:app",
            ]
        elif name == "streamlit":
            command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(port)]
            command += [
                "--server.headless",
                "true",
                "--browser.gatherUsageStats",
                "false",
                "--server.address",
                "127.0.0.1",
            ]
        elif name == "constant":
            command += ["--reuse-port", "--keep-alive", "75", "constant:app"]
        else:
            command.append({"naive": "naive:app", "dash": "dash_app:app", "resampler": "resampler_app:app"}[name])
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            _wait(process, f"{base}/readyz" if name == "ours" else base)
            yield base, process.pid
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=60)


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=60).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not start in time")


def processes(pid: int) -> list[Path]:
    """The folders in /proc of a server and its workers."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.getpgid(int(entry.name)) == pid:
                found.append(entry)
        except ProcessLookupError:
            continue
    return found


def cpu_seconds(pid: int) -> float:
    """What a server and its workers have computed so far: a figure that other work on the machine hardly changes."""
    total = 0
    for entry in processes(pid):
        try:
            after_name = (entry / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += int(after_name[11]) + int(after_name[12])
    return total / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Proportional memory of a server and its workers: shared pages are counted once."""
    total = 0
    for entry in processes(pid):
        try:
            rollup = (entry / "smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        except (FileNotFoundError, ProcessLookupError, PermissionError, StopIteration):
            continue
    return total / 1024
