"""Writes ../results/dashboard-*.json: a table each for docs/benchmarks.md, and all details."""

from __future__ import annotations

import json
import os
import statistics
from pathlib import Path
from typing import Any

import goals as wanted

RESULTS = Path(__file__).resolve().parents[1] / "results"
ORDER = ("ours", "naive", "dash", "resampler", "streamlit")
Found = dict[str, Any]


def peers(about: Found, found: dict[str, list[Found]]) -> None:
    """`found` are the rounds of each server; ratios are those within a round, and their median is told."""
    rows: list[Found] = []
    for server in [name for name in ORDER if name in found]:
        rounds = found[server]
        kinds = [kind for kind, value in rounds[0].items() if isinstance(value, dict)]
        for kind in kinds:
            same = [one.get(_naive_kind(kind)) for one in found.get("naive", [])]
            rows.append({"name": f"{server}: {kind}", **_row([one[kind] for one in rounds], same)})
        if server == "streamlit":
            rows.append({"name": "streamlit: all", "memoryMB": _middle([one["memory_mb"] for one in rounds])})
        first = _middle([time for one in rounds for time in one.get("first_chart_ms", [])])
        if first is not None:
            rows.append({"name": f"{server}: first chart", "firstChartMs": round(first)})
        if server == "ours":
            overlap = min(one["overlap_of_points"] for one in rounds)
            rows.append({"name": "ours: overlap of the points with the full picture", "overlap": overlap})
    browsers = len(found[next(iter(found))][0].get("first_chart_ms", []))
    what = (
        f"One chart of a CSV of {about['rows']:,} rows: medians of {about['rounds']} rounds in which ours and its "
        f"peers took turns, {about['seconds']} s a load. Requests a second and 99th percentile with 20 clients, ratios "
        "to naive within a round, CPU time of a request with one client, bytes as compressed, memory of all processes, "
        f"first chart in {browsers} cold browsers a round"
    )
    _write(f"dashboard-{about['rows']}", what, rows, {**about, **found})


def growth(about: Found, found: dict[str, list[Found]]) -> None:
    rows = []
    for name, count in (("small", about["rows"]), ("large", about["rows"] * 10)):
        rounds = [one["never-seen lines"] for one in found[name]]
        first = _middle(found[name][0]["first_chart_ms"])
        row = {"name": f"{count:,} rows", **_row(rounds, [])}
        rows.append({**row, **({"firstChartMs": round(first)} if first is not None else {})})
    times = {"name": "ten times the rows, times"}
    for key in ("cpuMsPerRequest", "memoryMB", "firstChartMs"):
        small, large = (row.get(key) for row in rows)
        times |= {key: round(large / small, 2)} if small and large else {}
    what = "Never-seen lines with ten times the rows, both servers asked in turns: CPU time, memory, first chart"
    _write("dashboard-growth", what, [*rows, times], {**about, **found})


def refresh(about: Found, found: Found) -> None:
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
        for name in ("constant", "quiet", "refresh")
    ]
    what = (
        f"Never-seen lines for {found['readers']} readers at once, first alone and then while a CSV of "
        f"{found['megabytes']} MB is replaced, read and shown; `constant` is a server that only computes, as long for "
        "each request as the app on average: what the queue alone does"
    )
    _write("dashboard-refresh", what, rows, {**about, **found})


def refreshes(about: Found, series: list[Found]) -> None:
    tenth, half = len(series) // 10, len(series) // 2
    parts = {
        "after the first tenth": series[tenth : tenth * 2 + 1],
        "second half": series[half:],
        "last tenth": series[-tenth - 1 :],
    }
    rows = [
        {
            "name": name,
            **{
                _camel(key): round(statistics.median(one[key] for one in part), 1)
                for key in part[0]
                if key != "refreshes"
            },
        }
        for name, part in parts.items()
    ]
    count = series[-1]["refreshes"]
    what = f"Medians of one process's memory over {count:,.0f} refreshes, the series itself is in the JSON"
    _write("dashboard-refreshes", what, rows, {**about, "series": series})


def goals() -> None:
    """What was wanted of the newest results, and whether it was reached."""
    there = {path.stem.removeprefix("dashboard-"): json.loads(path.read_text()) for path in RESULTS.glob("dashboard-*")}
    rows = wanted.judge({name: report["results"] for name, report in there.items() if name != "goals"})
    if rows:
        _write("dashboard-goals", "What was wanted of the dashboard, and what the tables below say", rows, {})
    for row in rows:
        print(f"{row['met']:>12}  {row['name']}: {row['measured']} (wanted: {row['wanted']})")


def last_line(output: str) -> Any:
    """Before it come the app's own log lines."""
    return json.loads(output.splitlines()[-1])


def _naive_kind(kind: str) -> str:
    return "points" if "points" in kind or "px" in kind else "lines"


def _row(rounds: list[Found], naive: list[Found | None]) -> Found:
    def middle(key: str) -> Any:
        return _middle([one[key] for one in rounds])

    rates = [one["twenty_clients"]["requests_per_second"] for one in rounds]
    row: Found = {"requestsPerSecond": round(statistics.median(rates), 2)}
    if naive and all(naive):
        pairs = list(zip(rounds, naive, strict=True))
        row["timesNaive"] = round(
            statistics.median(
                one["twenty_clients"]["requests_per_second"] / other["twenty_clients"]["requests_per_second"]
                for one, other in pairs
            ),
            1,
        )
        row["cpuTimesLess"] = round(
            statistics.median(other["cpu_ms_per_request"] / one["cpu_ms_per_request"] for one, other in pairs), 1
        )
    return row | {
        "p99Ms": round(statistics.median(one["twenty_clients"]["p99_ms"] for one in rounds), 1),
        "cpuMsPerRequest": round(middle("cpu_ms_per_request"), 3),
        "kilobytes": round(middle("bytes_on_the_wire") / 1000, 1),
        "memoryMB": round(middle("memory_mb")),
        "failed": sum(one["twenty_clients"]["failed"] for one in rounds),
    }


def _middle(values: list[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return statistics.median(there) if there else None


def _camel(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join("MB" if part == "mb" else part.capitalize() for part in rest)


def _write(name: str, what: str, rows: list[Found], details: Found) -> None:
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{name}.json"
    details = {**details, "load_average_at_end": round(os.getloadavg()[0], 1)}
    report = {"benchmark": "dashboard", "what": what, "results": rows, "details": details}
    target.write_text(json.dumps(report, indent=2) + "\n")
    print(f"written: benchmarks/results/{target.name}", flush=True)
