"""What of a chart is on the screen: the range that was zoomed to, and how many pixels there are."""

from __future__ import annotations

import math
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from paebbl_viz.errors import BadRequest

# Sizes are rounded up to steps, so that two screens of about the same size share the answer in the cache.
STEP_PX = 200
WIDTHS = (200, 2400)
HEIGHTS = (200, 1200)


@dataclass(frozen=True)
class Window:
    """`x` and `y` are (low, high) in the units of the axis (times: milliseconds), None where not zoomed.

    Sizes are in CSS pixels.
    """

    x: tuple[float, float] | None = None
    y: tuple[float, float] | None = None
    width: int = 1000
    height: int = 600

    def query(self) -> list[tuple[str, str]]:
        """The same window as parts of an address: for the key of the cache."""
        found = [("w", str(self.width)), ("h", str(self.height))]
        return found + [(key, f"{ends[0]!r},{ends[1]!r}") for key, ends in (("zx", self.x), ("zy", self.y)) if ends]


def parse_window(args: MultiDict[str, str]) -> Window:
    """From `w=`, `h=`, `zx=low,high` and `zy=low,high`; raises BadRequest for what are no numbers."""
    return Window(
        _range(args.get("zx"), "zx"),
        _range(args.get("zy"), "zy"),
        _size(args.get("w", 1000, type=int), WIDTHS),
        _size(args.get("h", 600, type=int), HEIGHTS),
    )


def _size(pixels: int, ends: tuple[int, int]) -> int:
    return max(ends[0], min(ends[1], -(-pixels // STEP_PX) * STEP_PX))


def _range(text: str | None, key: str) -> tuple[float, float] | None:
    if not text:
        return None
    try:
        low, high = (float(end) for end in text.split(","))
    except ValueError:
        low = high = math.nan
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise BadRequest(f"'{key}' must be two numbers with a comma between them, got: {text[:80]}")
    return low, high
