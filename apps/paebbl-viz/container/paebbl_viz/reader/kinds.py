"""What kind of thing does a column hold?  Numbers, dates, yes/no or text, decided by *all* of its cells.

A single cell that does not fit makes the column text, and the page says which cell it was: a number that silently
became 'missing' would be worse than a chart that is not drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

# Missing everywhere: an empty cell.  Missing in columns whose other cells are numbers, dates or yes/no: these words.
MISSING_WORDS = ("na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", ".", "?", "missing")
MISSING_SPELLINGS = [form for word in MISSING_WORDS for form in {word, word.upper(), word.capitalize()}] + [
    "NaN",
    "#n/A",
]
ZONE = re.compile(r"^\d{4}-\d\d-\d\d[T ].*(Z|[+-]\d\d:?\d\d)$")
TRUE_WORDS = ("true", "yes")
FALSE_WORDS = ("false", "no")

# Formats of dates; where day and month could be either, the day comes first unless a value rules it out.
DATE_FORMATS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%b %d %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%d-%b-%Y",
)
TIME_FORMATS = (
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
)
DAY_OR_MONTH_FIRST = (
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
)
COMMA_NUMBER = r"^[+-]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$"
# A longer whole number is a name (of an order, a device): as a number it would lose its last digits.
MOST_EXACT_DIGITS = 15


@dataclass(frozen=True)
class Candidate:
    """A way to read a column: `parse` makes a null of every cell that does not fit."""

    kind: str
    form: str
    parse: Callable[[pl.Expr], pl.Expr]

    def looks_like(self, cell: str) -> bool:
        """A cheap first guess that never refuses a cell that `parse` would take: it saves most of the parsing."""
        if self.kind == "bool":
            return cell.lower() in TRUE_WORDS + FALSE_WORDS
        if self.kind == "number":
            return cell[0] in "+-.0123456789" and not any(mark in cell for mark in "/: ")
        if "%" not in self.form:
            return ZONE.search(cell) is not None
        form = self.form.replace("%.f", "")
        named = "%b" in form or "%B" in form
        return (
            all(cell.count(mark) == form.count(mark) for mark in "/: ")
            and cell.count(".") >= form.count(".")
            and ("-" in cell) == ("-" in form)
            and any(letter.isalpha() and letter != "T" for letter in cell) == named
        )


def text_of(column: str) -> pl.Expr:
    """The trimmed cell, null where it is empty."""
    cell = pl.col(column).str.strip_chars()
    return pl.when(cell != "").then(cell)


def without_missing_words(cell: pl.Expr) -> pl.Expr:
    return pl.when(~cell.is_in(MISSING_SPELLINGS)).then(cell)


def candidates(delimiter: str) -> list[Candidate]:
    """All ways to read a column, the most telling first."""
    found = [Candidate("bool", "", _bool), Candidate("number", "plain", _plain_number)]
    if delimiter != ",":
        found.append(Candidate("number", "decimal comma", _comma_number))
    found.append(Candidate("time", "ISO 8601 with zone", _zoned))
    found += [Candidate("time", form, _date(form)) for form in DATE_FORMATS]
    found += [Candidate("time", form, _moment(form)) for form in TIME_FORMATS]
    return found


def _bool(cell: pl.Expr) -> pl.Expr:
    word = cell.str.to_lowercase()
    return pl.when(word.is_in(TRUE_WORDS)).then(True).when(word.is_in(FALSE_WORDS)).then(False)


def _plain_number(cell: pl.Expr) -> pl.Expr:
    """The cast knows 'inf' and 'nan' too, which `is_finite` takes away; plain comparisons instead of patterns, because
    this runs on every cell of a file.
    """
    value = cell.cast(pl.Float64, strict=False)
    whole = ~cell.str.contains_any([".", "e", "E"])
    code = whole & cell.str.starts_with("0") & (cell.str.len_bytes() > 1)
    inexact = whole & (cell.str.len_bytes() > MOST_EXACT_DIGITS) & (value.abs() >= 1e15)
    return pl.when(value.is_finite() & ~code & ~inexact).then(value)


def _comma_number(cell: pl.Expr) -> pl.Expr:
    english = cell.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    return pl.when(cell.str.contains(COMMA_NUMBER)).then(english.cast(pl.Float64, strict=False))


def _zoned(cell: pl.Expr) -> pl.Expr:
    iso = cell.str.replace(" ", "T", literal=True)
    zoned = iso.str.contains(r"T.*(Z|[+-]\d\d:?\d\d)$")
    parsed = iso.str.to_datetime("%+", time_unit="ms", time_zone="UTC", strict=False)
    return pl.when(zoned).then(parsed.dt.replace_time_zone(None))


def _date(form: str) -> Callable[[pl.Expr], pl.Expr]:
    return lambda cell: cell.str.to_date(form, strict=False, exact=True).cast(pl.Datetime("ms"))


def _moment(form: str) -> Callable[[pl.Expr], pl.Expr]:
    return lambda cell: cell.str.to_datetime(form, time_unit="ms", strict=False, exact=True)
