"""Compares the dashboard with its peers: the same CSV, the same chart, the same machine, in turns.

    npm run bench -- dashboard [--rows 1000000] [--seconds 5] [--rounds 2] [--only ours naive dash ...]

The chart: two columns over time in four colours, one of five regions (a fifth of the rows, two marks for each).
After the peers come three parts of ours alone: `growth` (ten times the rows), `refresh` (a new file while twenty read)
and `refreshes` (memory over a thousand of them).  At the end it says which goals were met.  About half an hour; needs
`wrk` and `chromium` on the PATH, and the container's own .venv.
Writes ../results/dashboard-*.json, each as soon as its part is over.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import measure
import refresh
import report
import servers

HERE = servers.HERE
PEERS = ("ours", "naive", "dash", "resampler", "streamlit")
PARTS = (*PEERS, "growth", "refresh", "refreshes")
REFRESHES = 1_000
REFRESHES_SECONDS = 1_800
STARTED = time.monotonic()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=5, help="how long each load lasts; default: 5")
    parser.add_argument("--rounds", type=int, default=2, help="how often each server has its turn; default: 2")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS, help="some of the parts; default: all")
    chosen = parser.parse_args()
    about = {"rows": chosen.rows, "seconds": chosen.seconds, "rounds": chosen.rounds, "cores": os.cpu_count()}
    with servers.scratch() as folder:
        peers = [name for name in PEERS if name in chosen.only]
        data = make(chosen.rows, folder / "data.csv") if peers or "growth" in chosen.only else ""
        if peers:
            report.peers(about, run_peers(peers, data, chosen.seconds, chosen.rounds, folder))
        if "growth" in chosen.only:
            large = make(chosen.rows * 10, folder / "large.csv")
            found = timed("growth", lambda: measure.growth(data, large, chosen.seconds, chosen.rounds, folder))
            report.growth(about, found)
            Path(large).unlink()
    if "refresh" in chosen.only:
        report.refresh(about, timed("refresh", lambda: refresh.run(chosen.seconds * 2, chosen.rounds)))
    if "refreshes" in chosen.only:
        report.refreshes(about, timed("refreshes", run_refreshes))
    report.goals()


def run_peers(names: list[str], data: str, seconds: int, rounds: int, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """What each server did in each round, and how busy the machine was before its turn."""
    runs: dict[str, Callable[[], dict[str, Any]]] = {
        "ours": lambda: measure.ours(data, seconds, folder / "ours"),
        "naive": lambda: measure.naive(data, seconds),
        "dash": lambda: measure.dash("dash", data, seconds),
        "resampler": lambda: measure.dash("resampler", data, seconds),
        "streamlit": lambda: measure.streamlit(data),
    }
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for turn in range(rounds):
        for name in names:
            before = round(os.getloadavg()[0], 1)
            one = timed(f"{name}, round {turn + 1} of {rounds}", runs[name])
            found[name].append({"load_average_before": before, **one})
    return found


def run_refreshes() -> list[dict[str, float]]:
    command = [str(servers.OURS_PYTHON), str(HERE / "refreshes.py"), str(REFRESHES)]
    environment = {
        **os.environ,
        "PYTHONPATH": str(servers.CONTAINER),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MALLOC_ARENA_MAX": "2",
    }
    done = subprocess.run(
        command, env=environment, check=True, stdout=subprocess.PIPE, text=True, timeout=REFRESHES_SECONDS
    )
    return report.last_line(done.stdout)


def make(rows: int, path: Path) -> str:
    command = [sys.executable, str(HERE / "make_data.py"), str(rows), str(path)]
    timed(f"a CSV of {rows:,} rows", lambda: subprocess.run(command, check=True))
    return str(path)


def timed(name: str, run: Callable[[], Any]) -> Any:
    """Says what is under way, and how long it took: the whole takes a while."""
    started = time.monotonic()
    print(f"[{(started - STARTED) / 60:4.1f} min] {name} ...", flush=True)
    found = run()
    print(f"           {time.monotonic() - started:.0f} s, load average {os.getloadavg()[0]:.1f}", flush=True)
    return found


if __name__ == "__main__":
    main()
