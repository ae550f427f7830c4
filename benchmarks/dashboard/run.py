"""Compares the dashboard with its peers: the same CSV, the same chart, the same machine, one after the other.

    npm run bench -- dashboard [--rows 1000000] [--seconds 5] [--only ours naive dash ...]

The chart: two columns over time in four colours, one of five regions (a fifth of the rows, two marks for each).
After the peers come three parts of ours alone: `growth` (ten times the rows), `refresh` (a new file while twenty read)
and `refreshes` (memory over a thousand of them).  Needs `wrk` and `chromium` on the PATH, and the container's own .venv.
Writes ../results/dashboard-ROWS.json, dashboard-growth.json, dashboard-refresh.json and dashboard-refreshes.json.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable

import browser
import load
import queries
import refresh
import report
import servers

HERE = servers.HERE
PEERS = ("ours", "naive", "dash", "resampler", "streamlit")
PARTS = (*PEERS, "growth", "refresh", "refreshes")
REFRESHES = 1_000
CALLBACK = json.dumps(
    {
        "output": "plot.figure",
        "outputs": {"id": "plot", "property": "figure"},
        "inputs": [{"id": "region", "property": "value", "value": "north"}],
        "changedPropIds": ["region.value"],
    }
)


def measure(base: str, pid: int, paths: list[str], seconds: int, body: str | None = None) -> dict[str, object]:
    one = load.run(base, paths, clients=1, seconds=seconds, body=body)
    before = servers.cpu_seconds(pid)
    twenty = load.run(base, paths, clients=20, seconds=seconds, body=body)
    computed, answered = servers.cpu_seconds(pid) - before, twenty["requests_per_second"] * seconds
    return {
        "one_client": one,
        "twenty_clients": twenty,
        "cpu_ms_per_request": round(computed * 1000 / answered, 3) if answered else None,
        "bytes_raw": queries.size(base + paths[0], "identity", body),
        "bytes_on_the_wire": queries.size(base + paths[0], "br, gzip", body),
        "memory_mb": round(servers.memory_mb(pid)),
    }


def run_ours(data: str, seconds: int, *, points: bool = True) -> dict[str, object]:
    """`points` is whether scatters and figures of one's own are measured too."""
    found: dict[str, object] = {}
    modes = ("lines", "points") if points else ("lines",)
    with servers.serve("ours", data) as (base, pid):
        # The first query of its kind makes the index, as it would on any first day.
        for mode in modes:
            for region in queries.REGIONS:
                queries.size(base + queries.ours(**{"p.draw": mode, "in.region": region}), "br")
        if points:
            same = [queries.ours(**{"p.draw": "lines", "in.region": "north"})]
            found["cached lines"] = measure(base, pid, same, seconds)
        for mode in modes:
            found[f"never-seen {mode}"] = measure(base, pid, queries.never_seen(mode), seconds)
        found["first_chart_ms"] = charts(base + queries.page(**{"p.draw": "lines", "in.region": "north"}))
    if points:
        with servers.serve("ours", data, HERE / "own_view") as (base, pid):
            found["own px figure, never-seen zoom"] = measure(base, pid, queries.own_zooms(), seconds)
        with servers.serve("ours", data, HERE / "own_view") as (base, pid):
            found["own px figure, never-seen rows"] = measure(base, pid, queries.own_rows(), seconds)
    return found


def run_naive(data: str, seconds: int) -> dict[str, object]:
    with servers.serve("naive", data) as (base, pid):
        found: dict[str, object] = {
            "lines": measure(base, pid, [f"/figure.json?region={region}" for region in queries.REGIONS], seconds),
            "points": measure(
                base, pid, [f"/figure.json?region={region}&mode=markers" for region in queries.REGIONS], seconds
            ),
        }
        found["first_chart_ms"] = charts(base)
        return found


def run_dash(name: str, data: str, seconds: int) -> dict[str, object]:
    with servers.serve(name, data) as (base, pid):
        found: dict[str, object] = {"lines": measure(base, pid, ["/_dash-update-component"], seconds, CALLBACK)}
        found["first_chart_ms"] = charts(base)
        return found


def run_streamlit(data: str) -> dict[str, object]:
    """Streamlit talks over a web socket: only the browser and the memory can be compared."""
    with servers.serve("streamlit", data) as (base, pid):
        return {"first_chart_ms": charts(base), "memory_mb": round(servers.memory_mb(pid))}


def charts(url: str) -> list[float | None]:
    """Three cold browsers; the first one also warms what the server does only once."""
    return [browser.first_chart(url) for _ in range(3)]


def run_refreshes() -> list[dict[str, float]]:
    command = [str(servers.OURS_PYTHON), str(HERE / "refreshes.py"), str(REFRESHES)]
    environment = {
        **os.environ,
        "PYTHONPATH": str(servers.CONTAINER),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MALLOC_ARENA_MAX": "2",
    }
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    # Before it come the app's own log lines.
    return json.loads(done.stdout.splitlines()[-1])


def run_growth(rows: int, seconds: int) -> dict[str, object]:
    """Lines with these rows and with ten times as many, one after the other."""
    found: dict[str, object] = {}
    for count in (rows, rows * 10):
        with servers.scratch() as folder:
            found[str(count)] = run_ours(make(count, folder), seconds, points=False)
    return found


def make(rows: int, folder: servers.Path) -> str:
    data = str(folder / "data.csv")
    subprocess.run([sys.executable, str(HERE / "make_data.py"), str(rows), data], check=True)
    return data


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=5, help="how long each load lasts; default: 5")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS, help="some of the parts; default: all")
    chosen = parser.parse_args()
    about = {"rows": chosen.rows, "seconds": chosen.seconds, "cores": os.cpu_count()}
    peers = [name for name in PEERS if name in chosen.only]
    if peers:
        with servers.scratch() as folder:
            data = make(chosen.rows, folder)
            runs: dict[str, Callable[[], dict[str, object]]] = {
                "ours": lambda: run_ours(data, chosen.seconds),
                "naive": lambda: run_naive(data, chosen.seconds),
                "dash": lambda: run_dash("dash", data, chosen.seconds),
                "resampler": lambda: run_dash("resampler", data, chosen.seconds),
                "streamlit": lambda: run_streamlit(data),
            }
            found: dict[str, object] = dict(about)
            for name in peers:
                found[f"load_average_before_{name}"] = os.getloadavg()[0]
                found[name] = said(name, runs[name])
        report.peers(found)
    if "growth" in chosen.only:
        report.growth(
            {**about, "load_average_before": os.getloadavg()[0]},
            said("growth", lambda: run_growth(chosen.rows, chosen.seconds)),
        )
    if "refresh" in chosen.only:
        report.refresh(
            {**about, "load_average_before": os.getloadavg()[0]},
            said("refresh", lambda: refresh.run(chosen.seconds * 2)),
        )
    if "refreshes" in chosen.only:
        report.refreshes({**about, "load_average_before": os.getloadavg()[0]}, said("refreshes", run_refreshes))


def said(name, run):
    print(f"{name} ...", flush=True)
    found = run()
    print(json.dumps(found, indent=1), flush=True)
    return found


if __name__ == "__main__":
    main()
