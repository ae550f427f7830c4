"""What is measured of each server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import browser
import load
import picture
import queries
import servers

# Cold browsers for each chart: their times differ more than those of servers.
BROWSERS = 3
CALLBACK = json.dumps(
    {
        "output": "plot.figure",
        "outputs": {"id": "plot", "property": "figure"},
        "inputs": [{"id": "region", "property": "value", "value": "north"}],
        "changedPropIds": ["region.value"],
    }
)

Found = dict[str, Any]


def measure(base: str, pid: int, paths: list[str], seconds: int, body: str | None = None) -> Found:
    """With one client and with twenty; the CPU time of a request is that of one client, whom nobody disturbs."""
    before = servers.cpu_seconds(pid)
    one = load.run(base, paths, clients=1, seconds=seconds, body=body)
    computed = servers.cpu_seconds(pid) - before
    twenty = load.run(base, paths, clients=20, seconds=seconds, body=body)
    return {
        "one_client": one,
        "twenty_clients": twenty,
        "cpu_ms_per_request": round(computed * 1000 / one["requests"], 3) if one["requests"] else None,
        "bytes_raw": queries.size(base + paths[0], "identity", body),
        "bytes_on_the_wire": queries.size(base + paths[0], "br, gzip", body),
        "memory_mb": round(servers.memory_mb(pid)),
    }


def ours(data: str, seconds: int, state: Path) -> Found:
    """`state` is where the app keeps what it has read: a later round finds it there."""
    found: Found = {}
    with servers.serve("ours", data, state=state) as (base, pid):
        warm_up(base, "lines", "points")
        same = [queries.ours(**{"p.draw": "lines", "in.region": "north"})]
        found["cached lines"] = measure(base, pid, same, seconds)
        for mode in ("lines", "points"):
            found[f"never-seen {mode}"] = measure(base, pid, queries.never_seen(mode), seconds)
        found["first_chart_ms"] = charts(chart_of_ours(base))
        found["overlap_of_points"] = picture.overlap(base, data)
    for name, paths in (("zoom", queries.own_zooms()), ("rows", queries.own_rows())):
        with servers.serve("ours", data, servers.HERE / "own_view", state=state) as (base, pid):
            found[f"own px figure, never-seen {name}"] = measure(base, pid, paths, seconds)
    return found


def naive(data: str, seconds: int) -> Found:
    with servers.serve("naive", data) as (base, pid):
        lines = [f"/figure.json?region={region}" for region in queries.REGIONS]
        return {
            "lines": measure(base, pid, lines, seconds),
            "points": measure(base, pid, [f"{path}&mode=markers" for path in lines], seconds),
            "first_chart_ms": charts(base),
        }


def dash(name: str, data: str, seconds: int) -> Found:
    with servers.serve(name, data) as (base, pid):
        found: Found = {"lines": measure(base, pid, ["/_dash-update-component"], seconds, CALLBACK)}
        found["first_chart_ms"] = charts(base)
        return found


def streamlit(data: str) -> Found:
    """Streamlit talks over a web socket: only the browser and the memory can be compared."""
    with servers.serve("streamlit", data) as (base, pid):
        return {"first_chart_ms": charts(base), "memory_mb": round(servers.memory_mb(pid))}


def growth(small: str, large: str, seconds: int, rounds: int, folder: Path) -> dict[str, list[Found]]:
    """Never-seen lines of two tables, both servers up, asked in turns."""
    found: dict[str, list[Found]] = {"small": [], "large": []}
    with (
        servers.serve("ours", small, state=folder / "small") as (small_base, small_pid),
        servers.serve("ours", large, state=folder / "large") as (large_base, large_pid),
    ):
        both = (("small", small_base, small_pid), ("large", large_base, large_pid))
        for _, base, _ in both:
            warm_up(base, "lines")
        for _ in range(rounds):
            for name, base, pid in both:
                found[name].append({"never-seen lines": measure(base, pid, queries.never_seen("lines"), seconds)})
        for name, base, _ in both * BROWSERS:
            found[name][0].setdefault("first_chart_ms", []).append(browser.first_chart(chart_of_ours(base)))
    return found


def warm_up(base: str, *modes: str) -> None:
    """The first query of its kind makes the index, as it would on any first day."""
    for mode in modes:
        for region in queries.REGIONS:
            queries.size(base + queries.ours(**{"p.draw": mode, "in.region": region}), "br")


def chart_of_ours(base: str) -> str:
    return base + queries.page(**{"p.draw": "lines", "in.region": "north"})


def charts(url: str) -> list[float | None]:
    """The first one also warms what the server does only once."""
    return [browser.first_chart(url) for _ in range(BROWSERS)]
