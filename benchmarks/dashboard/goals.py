"""What is wanted of the dashboard: each goal looks into the tables of the results, and says met or missed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]

MAIN = "1000000"
NOT_MEASURED = "not measured"


def judge(tables: Tables) -> Rows:
    """A row for each goal, also for one whose measurement is missing: that a goal was not looked at must be seen."""
    found = []
    for name, wanted, measure, test in GOALS:
        measured = _measured(measure, tables)
        if measured is None:
            found.append({"name": name, "wanted": wanted, "measured": "–", "met": NOT_MEASURED})
        else:
            met = "met" if test(measured) else "missed"
            found.append({"name": name, "wanted": wanted, "measured": measured, "met": met})
    return found


def _measured(measure: Callable[[Tables], Any], tables: Tables) -> Any:
    try:
        return measure(tables)
    except (KeyError, StopIteration, TypeError, ZeroDivisionError):
        return None


def cell(table: str, name: str, key: str) -> Callable[[Tables], Any]:
    return lambda tables: next(row for row in tables[table] if row["name"].startswith(name))[key]


def ratio(first: Callable[[Tables], float], second: Callable[[Tables], float]) -> Callable[[Tables], float]:
    return lambda tables: round(first(tables) / second(tables), 3)


def at_least(bound: float) -> Callable[[float], bool]:
    return lambda value: value >= bound


def at_most(bound: float) -> Callable[[float], bool]:
    return lambda value: value <= bound


def growth(tables: Tables) -> float | None:
    """Memory of the second half of the refreshes against that after the first tenth."""
    rows = {row["name"]: row["memoryMB"] for row in tables["refreshes"]}
    return round(rows["second half"] / rows["after the first tenth"], 3)


LINES, POINTS, CHART = "ours: never-seen lines", "ours: never-seen points", "first chart"
GOALS: list[tuple[str, str, Callable[[Tables], Any], Callable[[Any], bool]]] = [
    ("cached: requests a second, times naive", "≥ 600", cell(MAIN, "ours: cached", "timesNaive"), at_least(600)),
    ("never-seen lines: times naive", "≥ 60", cell(MAIN, LINES, "timesNaive"), at_least(60)),
    ("never-seen points: times naive", "≥ 20", cell(MAIN, POINTS, "timesNaive"), at_least(20)),
    ("points: overlap with the full picture", "≥ 0.9", cell(MAIN, "ours: overlap", "overlap"), at_least(0.9)),
    (
        "own px figure, other rows each time: times naive",
        "≥ 4",
        cell(MAIN, "ours: own px figure, never-seen rows", "timesNaive"),
        at_least(4),
    ),
    (
        "own px figure, another zoom each time: times naive",
        "≥ 4",
        cell(MAIN, "ours: own px figure, never-seen zoom", "timesNaive"),
        at_least(4),
    ),
    *(
        (
            f"memory of all processes after {what}, of naive's",
            "≤ 0.2",
            ratio(cell(MAIN, f"ours: {what}", "memoryMB"), cell(MAIN, "naive: points", "memoryMB")),
            at_most(0.2),
        )
        for what in ("never-seen lines", "never-seen points", "own px figure, never-seen rows")
    ),
    *(
        (
            f"bytes on the wire of {what}, of naive's",
            "≤ 0.02",
            ratio(cell(MAIN, f"ours: {what}", "kilobytes"), cell(MAIN, "naive: points", "kilobytes")),
            at_most(0.02),
        )
        for what in ("never-seen lines", "never-seen points", "own px figure, never-seen rows")
    ),
    *(
        (
            f"first chart in a cold browser, of {peer}'s",
            "≤ 0.25",
            ratio(cell(MAIN, f"ours: {CHART}", "firstChartMs"), cell(MAIN, f"{peer}: {CHART}", "firstChartMs")),
            at_most(0.25),
        )
        for peer in ("dash", "streamlit")
    ),
    (
        "ten times the rows: cost of never-seen lines, times",
        "≤ 3",
        cell("growth", "ten times", "cpuMsPerRequest"),
        at_most(3),
    ),
    (
        "ten times the rows: memory of all processes, MB",
        "≤ 500",
        cell("growth", "10,000,000", "memoryMB"),
        at_most(500),
    ),
    ("ten times the rows: first chart, times", "≤ 1.2", cell("growth", "ten times", "firstChartMs"), at_most(1.2)),
    (
        "refresh while 20 read: slowest request, times the median",
        "≤ 3",
        cell("refresh", "refresh", "slowestByMedian"),
        at_most(3),
    ),
    ("refresh while 20 read: failed requests", "0", cell("refresh", "refresh", "failed"), at_most(0)),
    (
        "a thousand refreshes: memory of the second half, times that after the first tenth",
        "≤ 1.05",
        growth,
        at_most(1.05),
    ),
]
