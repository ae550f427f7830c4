"""Writes ../results/dashboard-*.json: a table for docs/benchmarks.md, and all details."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parents[1] / "results"


def peers(found: dict[str, Any]) -> None:
    naive = found.get("naive", {})
    rows: list[dict[str, object]] = []
    for server in [name for name in ("ours", "naive", "dash", "resampler", "streamlit") if name in found]:
        for kind, value in found[server].items():
            if isinstance(value, dict):
                same = naive.get("points" if "points" in kind or "px" in kind else "lines", {})
                rows.append({"name": f"{server}: {kind}", **_row(value, same)})
        if server == "streamlit":
            rows.append({"name": "streamlit: all", "memoryMB": found[server]["memory_mb"]})
        if first := _median(found[server].get("first_chart_ms", [])):
            rows.append({"name": f"{server}: first chart", "firstChartMs": first})
    what = (
        f"One chart of a CSV of {found['rows']:,} rows, in one run of {found['seconds']} s a load: requests a second and 99th "
        "percentile with 20 clients, CPU time of the server for a request, bytes as compressed, memory of all processes, and "
        "the median of three cold browsers"
    )
    _write(f"dashboard-{found['rows']}", what, rows, found)


def growth(about: dict[str, Any], found: dict[str, Any]) -> None:
    (small, few), (large, many) = found.items()
    rows = [
        {
            "name": f"{int(count):,} rows",
            **_row(one["never-seen lines"], {}),
            "firstChartMs": _median(one["first_chart_ms"]),
        }
        for count, one in ((small, few), (large, many))
    ]
    times = {
        "name": "ten times the rows, times",
        "cpuMsPerRequest": _times(rows, "cpuMsPerRequest"),
        "memoryMB": _times(rows, "memoryMB"),
        "firstChartMs": _times(rows, "firstChartMs"),
    }
    what = (
        "Never-seen lines of the app with ten times the rows, in one run: CPU time for a request, memory, first chart"
    )
    _write("dashboard-growth", what, [*rows, times], {**about, **found})


def refresh(about: dict[str, Any], found: dict[str, Any]) -> None:
    rows = [
        {
            "name": f"{name}, {found['readers']} readers",
            "requestsPerSecond": found[name]["requests_per_second"],
            "medianMs": found[name]["median_ms"],
            "p99Ms": found[name]["p99_ms"],
            "slowestMs": found[name]["slowest_ms"],
            "slowestByMedian": found[name]["slowest_by_median"],
            "failed": found[name]["failed"],
        }
        for name in ("quiet", "refresh")
    ]
    what = (
        f"Never-seen lines for {found['readers']} readers at once, first alone and then while a CSV of {found['megabytes']} MB is "
        "replaced, read and shown"
    )
    _write("dashboard-refresh", what, rows, {**about, **found})


def refreshes(about: dict[str, Any], series: list[dict[str, float]]) -> None:
    """Flat means that the second half of the series is no higher than its first half after the warming up."""
    tenth, half = len(series) // 10, len(series) // 2
    rows = [
        {
            "name": name,
            **{key: round(statistics.median(one[key] for one in part), 1) for key in part[0] if key != "refreshes"},
        }
        for name, part in (
            ("after the first tenth", series[tenth : tenth * 2 + 1]),
            ("second half", series[half:]),
            ("last tenth", series[-tenth - 1 :]),
        )
    ]
    rows = [{_camel(key): value for key, value in row.items()} for row in rows]
    what = f"Medians of one process's memory over {series[-1]['refreshes']:,.0f} refreshes, the series itself is in the JSON"
    _write("dashboard-refreshes", what, rows, {**about, "series": series})


def _row(value: dict[str, Any], naive: dict[str, Any]) -> dict[str, object]:
    rate = value["twenty_clients"]["requests_per_second"]
    same = naive.get("twenty_clients")
    return {
        "requestsPerSecond": rate,
        **({"timesNaive": round(rate / same["requests_per_second"], 1)} if same else {}),
        "p99Ms": value["twenty_clients"]["p99_ms"],
        "cpuMsPerRequest": value["cpu_ms_per_request"],
        "kilobytes": round(value["bytes_on_the_wire"] / 1000, 1),
        "memoryMB": value["memory_mb"],
    }


def _times(rows: list[dict[str, Any]], key: str) -> float | None:
    small, large = (row[key] for row in rows)
    return round(large / small, 2) if small and large else None


def _median(times: list[float | None]) -> int | None:
    there = [time for time in times if time is not None]
    return round(statistics.median(there)) if there else None


def _camel(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join("MB" if part == "mb" else part.capitalize() for part in rest)


def _write(name: str, what: str, rows: list[dict[str, object]], details: dict[str, Any]) -> None:
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{name}.json"
    target.write_text(
        json.dumps({"benchmark": "dashboard", "what": what, "results": rows, "details": details}, indent=2) + "\n"
    )
    print(f"written: benchmarks/results/{target.name}")
