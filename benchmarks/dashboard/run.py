"""Compares the dashboard with its peers: the same CSV, the same chart, the same machine, one after the other.

    npm run bench -- dashboard [--rows 1000000] [--seconds 10]

The chart: two columns over time in four colours, one of five regions (a fifth of the rows, two marks for each).
Needs `wrk` and `chromium` on the PATH, and the container's own .venv.  Writes ../results/dashboard-ROWS.json.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import browser
import load
import servers

HERE = Path(__file__).resolve().parent
REGIONS = ("north", "south", "east", "west", "centre")
FIRST_MS, LAST_MS = 1_704_067_200_000, 1_735_603_200_000
OURS = {"p.x": "time", "p.y": "temperature", "p.also": "pressure", "p.colour": "kind", "w": "1000", "h": "600"}
CALLBACK = json.dumps(
    {
        "output": "plot.figure",
        "outputs": {"id": "plot", "property": "figure"},
        "inputs": [{"id": "region", "property": "value", "value": "north"}],
        "changedPropIds": ["region.value"],
    }
)


def ours(**query: str) -> str:
    return f"/views/explore/figure.json?{urlencode({**OURS, **query})}"


def never_seen(mode: str, count: int = 20_000) -> list[str]:
    """Every address zooms a little differently, and the regions take turns."""
    return [
        ours(**{"p.draw": mode, "in.region": REGIONS[i % 5], "zx": f"{FIRST_MS + i * 7919},{LAST_MS - i * 6101}"})
        for i in range(count)
    ]


def size(address: str, encoding: str, body: str | None = None) -> int:
    headers = {"Accept-Encoding": encoding, "Content-Type": "application/json"}
    request = urllib.request.Request(address, data=body.encode() if body else None, headers=headers)
    with urllib.request.urlopen(request, timeout=120) as answer:
        return len(answer.read())


def measure(base: str, pid: int, paths: list[str], seconds: int, body: str | None = None) -> dict[str, object]:
    return {
        "one_client": load.run(base, paths, clients=1, seconds=seconds, body=body),
        "twenty_clients": load.run(base, paths, clients=20, seconds=seconds, body=body),
        "bytes_raw": size(base + paths[0], "identity", body),
        "bytes_on_the_wire": size(base + paths[0], "br, gzip", body),
        "memory_mb": round(servers.memory_mb(pid)),
    }


def run_ours(data: str, seconds: int) -> dict[str, object]:
    found: dict[str, object] = {}
    with servers.serve("ours", data) as (base, pid):
        # The first query of its kind makes the index, as it would on any first day.
        for mode in ("lines", "points"):
            for region in REGIONS:
                size(base + ours(**{"p.draw": mode, "in.region": region}), "br")
        found["cached lines"] = measure(base, pid, [ours(**{"p.draw": "lines", "in.region": "north"})], seconds)
        found["never-seen lines"] = measure(base, pid, never_seen("lines"), seconds)
        found["never-seen points"] = measure(base, pid, never_seen("points"), seconds)
        page = f"{base}/views/explore?{urlencode({**OURS, 'p.draw': 'lines', 'in.region': 'north'})}"
        found["first_chart_ms"] = charts(page)
    os.environ["BENCH_VIEWS"] = str(HERE / "own_view")
    with servers.serve("ours", data) as (base, pid):
        paths = [f"/views/own-figure/figure.json?in.region={REGIONS[i % 5]}&zx={FIRST_MS + i},{LAST_MS}" for i in range(5000)]
        found["own px figure, never seen"] = measure(base, pid, paths, seconds)
    return found


def run_naive(data: str, seconds: int) -> dict[str, object]:
    with servers.serve("naive", data) as (base, pid):
        found: dict[str, object] = {
            "lines": measure(base, pid, [f"/figure.json?region={region}" for region in REGIONS], seconds),
            "points": measure(base, pid, [f"/figure.json?region={region}&mode=markers" for region in REGIONS], seconds),
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


def table(results: dict[str, object]) -> list[dict[str, object]]:
    """A row for each server and kind of query, beside the naive server's requests a second for the same kind."""
    naive = results.get("naive", {})
    rows = []
    for server in (name for name in ("ours", "naive", "dash", "resampler", "streamlit") if name in results):
        found = results[server]
        first = sorted(time for time in found.get("first_chart_ms", []) if time is not None)
        kinds = {kind: value for kind, value in found.items() if isinstance(value, dict)}
        for kind, value in kinds.items():
            same = naive.get("points" if "points" in kind else "lines", {}).get("twenty_clients", {})
            rate = value["twenty_clients"]["requests_per_second"]
            rows.append(
                {
                    "name": f"{server}: {kind}",
                    "requestsPerSecond": rate,
                    "timesNaive": round(rate / same["requests_per_second"], 1) if same else None,
                    "p99Ms": value["twenty_clients"]["p99_ms"],
                    "kilobytes": round(value["bytes_on_the_wire"] / 1000, 1),
                    "memoryMB": value["memory_mb"],
                }
            )
        if first:
            rows.append({"name": f"{server}: first chart", "firstChartMs": round(first[len(first) // 2])})
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=10, help="how long each load lasts")
    parser.add_argument("--only", nargs="*", default=["ours", "naive", "dash", "resampler", "streamlit"])
    chosen = parser.parse_args()
    results: dict[str, object] = {"rows": chosen.rows, "seconds": chosen.seconds, "cores": os.cpu_count()}
    with tempfile.TemporaryDirectory(prefix="bench-data-") as folder:
        data = str(Path(folder) / "data.csv")
        subprocess.run([sys.executable, str(HERE / "make_data.py"), str(chosen.rows), data], check=True)
        for name in chosen.only:
            print(f"{name} ...", flush=True)
            results["load_average_before_" + name] = os.getloadavg()[0]
            if name == "ours":
                results[name] = run_ours(data, chosen.seconds)
            elif name == "naive":
                results[name] = run_naive(data, chosen.seconds)
            elif name == "streamlit":
                results[name] = run_streamlit(data)
            else:
                results[name] = run_dash(name, data, chosen.seconds)
            print(json.dumps(results[name], indent=1), flush=True)
    target = HERE.parent / "results" / f"dashboard-{chosen.rows}.json"
    target.parent.mkdir(exist_ok=True)
    what = (
        f"one chart of a CSV of {chosen.rows:,} rows, in one run of {chosen.seconds} s a load: requests a second and 99th "
        "percentile with 20 clients, bytes as compressed, memory of all processes, and the median of three cold browsers"
    )
    report = {"benchmark": "dashboard", "what": what, "results": table(results), "details": results}
    target.write_text(json.dumps(report, indent=2) + "\n")
    print(f"written: {target.relative_to(HERE.parents[1])}")


if __name__ == "__main__":
    main()
