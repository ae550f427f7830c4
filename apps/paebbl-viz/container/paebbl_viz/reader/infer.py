"""Chooses how to read each column: candidates from a sample, the verdict from every row."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from paebbl_viz.reader.kinds import (
    DAY_OR_MONTH_FIRST,
    MISSING_SPELLINGS,
    Candidate,
    candidates,
    text_of,
    without_missing_words,
)

SAMPLE_ROWS = 2_000
LOOKED_AT = 200
# Columns are judged in groups, so that a table of thousands of columns needs no more memory than one of ten.
GROUP = 50
NEARLY = 0.9


@dataclass(frozen=True)
class Reading:
    """How one column is read; `candidate` None means text."""

    name: str
    candidate: Candidate | None
    notes: tuple[str, ...] = field(default=())

    def cell(self) -> pl.Expr:
        """The trimmed text, null where it means missing."""
        cell = text_of(self.name)
        return (cell if self.candidate is None else without_missing_words(cell)).alias(self.name)

    def parsed(self) -> pl.Expr:
        """To be used on what `cell` gave: in two steps, so that cleaning is not done again for each use of a cell."""
        cell = pl.col(self.name)
        return cell if self.candidate is None else self.candidate.parse(cell).alias(self.name)


def choose_readings(rows: pl.LazyFrame, names: tuple[str, ...], delimiter: str) -> list[Reading]:
    readings: list[Reading] = []
    for start in range(0, len(names), GROUP):
        readings += _choose(rows, names[start : start + GROUP], delimiter)
    return readings


def _choose(rows: pl.LazyFrame, names: tuple[str, ...], delimiter: str) -> list[Reading]:
    sample = rows.select(names).head(SAMPLE_ROWS).collect()
    likely = {name: _likely(sample[name], candidates(delimiter)) for name in names}
    counts = _count(rows, likely)
    return [_verdict(rows, name, likely[name], counts) for name in names]


def _likely(cells: pl.Series, options: list[Candidate]) -> list[Candidate]:
    """The candidates that nearly all cells of the sample look like; all of them for a sample without cells."""
    words = [cell.strip() for cell in cells.drop_nulls().head(LOOKED_AT).to_list()]
    shown = [word for word in words if word and word not in MISSING_SPELLINGS]
    if not shown:
        return options if len(cells) == SAMPLE_ROWS else []
    return [option for option in options if sum(map(option.looks_like, shown)) >= NEARLY * len(shown)]


def _count(rows: pl.LazyFrame, likely: dict[str, list[Candidate]]) -> dict[tuple[str, int], int]:
    """Non-missing cells of each column (key -1) and those that fit each candidate, in one pass over the file."""
    keys: list[tuple[str, int]] = []
    cleaned = [without_missing_words(text_of(name)).alias(name) for name in likely]
    expressions = []
    for name, options in likely.items():
        cell = pl.col(name)
        for index, expression in enumerate([cell, *(option.parse(cell) for option in options)], start=-1):
            keys.append((name, index))
            expressions.append(expression.count().alias(str(len(keys))))
    return dict(zip(keys, rows.select(cleaned).select(expressions).collect(engine="streaming").row(0), strict=True))


def _verdict(rows: pl.LazyFrame, name: str, options: list[Candidate], counts: dict[tuple[str, int], int]) -> Reading:
    present = counts[name, -1]
    fitting = [option for index, option in enumerate(options) if present and counts[name, index] == present]
    if fitting:
        return Reading(name, fitting[0], _ambiguity(name, fitting))
    if options and present:
        best = max(range(len(options)), key=lambda index: counts[name, index])
        if counts[name, best] >= NEARLY * present:
            return Reading(name, None, (_spoiled(rows, name, options[best], present - counts[name, best]),))
    return Reading(name, None)


def _ambiguity(name: str, fitting: list[Candidate]) -> tuple[str, ...]:
    forms = [option.form for option in fitting if option.form in DAY_OR_MONTH_FIRST]
    if len(forms) < 2:
        return ()
    return (f"The dates in '{name}' could be day/month or month/day; they were read as day/month.",)


def _spoiled(rows: pl.LazyFrame, name: str, option: Candidate, count: int) -> str:
    """Names the first cell that kept a column from being what nearly all of its cells are."""
    cell = without_missing_words(text_of(name))
    odd = cell.is_not_null() & option.parse(cell).is_null()
    found = (
        rows.with_row_index("row")
        .filter(odd)
        .select("row", cell.alias("cell"))
        .head(1)
        .collect(engine="streaming")
        .row(0)
    )
    one, many = {"number": ("no number", "no numbers"), "time": ("no date", "no dates")}.get(
        option.kind, ("neither yes nor no", "neither yes nor no")
    )
    some = f"one cell is {one}" if count == 1 else f"{count:,} cells are {many}"
    shown = found[1] if len(found[1]) <= 40 else found[1][:40] + "…"
    return f"'{name}' is treated as text, because {some}: the first is '{shown}' in row {found[0] + 1:,}."
