"""What the app is asked in all measurements."""

from __future__ import annotations

import urllib.request
from urllib.parse import urlencode

REGIONS = ("north", "south", "east", "west", "centre")
FIRST_MS, LAST_MS = 1_704_067_200_000, 1_735_603_200_000
OURS = {"p.x": "time", "p.y": "temperature", "p.also": "pressure", "p.colour": "kind", "w": "1000", "h": "600"}


def ours(**query: str) -> str:
    return f"/views/explore/figure.json?{urlencode({**OURS, **query})}"


def page(**query: str) -> str:
    return f"/views/explore?{urlencode({**OURS, **query})}"


def never_seen(mode: str, count: int = 20_000) -> list[str]:
    """Every address zooms a little differently, and the regions take turns."""
    return [
        ours(**{"p.draw": mode, "in.region": REGIONS[i % 5], "zx": f"{FIRST_MS + i * 7919},{LAST_MS - i * 6101}"})
        for i in range(count)
    ]


def own_zooms(count: int = 20_000) -> list[str]:
    """A figure of one's own, each time zoomed a little differently."""
    return [
        f"/views/own-figure/figure.json?in.region={REGIONS[i % 5]}&zx={FIRST_MS + i},{LAST_MS}" for i in range(count)
    ]


def own_rows(count: int = 20_000) -> list[str]:
    """A figure of one's own, each time of other rows: nothing of it can be there."""
    return [
        f"/views/own-figure/figure.json?in.region={REGIONS[i % 5]}&max.load={100 - i / count:.6f}" for i in range(count)
    ]


def size(address: str, encoding: str, body: str | None = None) -> int:
    headers = {"Accept-Encoding": encoding, "Content-Type": "application/json"}
    request = urllib.request.Request(address, data=body.encode() if body else None, headers=headers)
    with urllib.request.urlopen(request, timeout=600) as answer:
        return len(answer.read())
