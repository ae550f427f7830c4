"""Words for columns: 'temperature_c' is 'Temperature (°C)' on an axis."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from paebbl_viz.store.columns import Column

# The end of a column's name, and the unit that it means.
UNITS = {
    "kg_per_t": "kg/t",
    "kwh_per_t": "kWh/t",
    "kg_per_h": "kg/h",
    "t_per_h": "t/h",
    "mg_per_l": "mg/L",
    "m_per_s": "m/s",
    "kwh": "kWh",
    "pct": "%",
    "percent": "%",
    "c": "°C",
    "degc": "°C",
    "k": "K",
    "bar": "bar",
    "mbar": "mbar",
    "kpa": "kPa",
    "mpa": "MPa",
    "um": "µm",
    "mm": "mm",
    "cm": "cm",
    "m": "m",
    "km": "km",
    "s": "s",
    "min": "min",
    "h": "h",
    "d": "d",
    "g": "g",
    "kg": "kg",
    "t": "t",
    "l": "L",
    "kw": "kW",
    "mw": "MW",
    "v": "V",
    "usd": "USD",
    "eur": "EUR",
    "ppm": "ppm",
}
KIND_WORDS = {"number": "Number", "time": "Date", "category": "Category", "bool": "Yes/no", "text": "Text"}
# Units of one letter are only believed after a longer word, and 'min' and 'm' never after these.
NOT_A_UNIT_AFTER = ("temp", "max", "value", "count", "group", "type", "class", "id")
SPELLING = {"co2": "CO₂", "id": "ID", "ph": "pH", "usd": "USD"}


def label(name: str) -> str:
    """The words of a name with its unit in brackets; a name that is no snake_case stays as it is."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        return name
    words = name.split("_")
    for length in (3, 1):
        unit = UNITS.get("_".join(words[-length:])) if len(words) > length else None
        if unit and words[-length - 1] not in NOT_A_UNIT_AFTER:
            return f"{_sentence(words[:-length])} ({unit})"
    return _sentence(words)


def _sentence(words: list[str]) -> str:
    spelled = [SPELLING.get(word, word) for word in words]
    first = spelled[0]
    return " ".join([first if words[0] in SPELLING else first[:1].upper() + first[1:], *spelled[1:]])


def number(value: float) -> str:
    """A number for people: thousands separated, no more than six significant digits."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    if abs(value) >= 1e6 or 0 < abs(value) < 1e-4:
        return f"{value:.4g}"
    return f"{value:,.6g}"


def moment(milliseconds: float, *, date_only: bool = False) -> str:
    when = datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    return when.strftime("%Y-%m-%d" if date_only else "%Y-%m-%d %H:%M")


def value_range(column: Column) -> str:
    """'10 to 120', two dates, or nothing for text."""
    if column.minimum is None or column.maximum is None:
        return ""
    if column.kind == "time":
        ends = [moment(end, date_only=column.date_only) for end in (column.minimum, column.maximum)]
    else:
        ends = [number(column.minimum), number(column.maximum)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def values(column: Column) -> str:
    """What is in a column, in a few words: its range, its values, or how many different ones there are."""
    if column.kind in ("number", "time"):
        return value_range(column) or "nothing but missing values"
    if not column.values:
        return f"{column.unique:,} different" if column.unique else "nothing but missing values"
    shown = ", ".join(column.values[:6])
    return shown if len(column.values) <= 6 else f"{shown} and {len(column.values) - 6:,} more"


def age(seconds: float) -> str:
    """How long ago, in the largest unit that says enough."""
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "just now"
