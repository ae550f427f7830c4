"""Which character separates the cells, and what are the columns called?"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from paebbl_viz.errors import BadData

DELIMITERS = (",", ";", "\t", "|")
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
SAMPLE_LINES = 50
# A cell longer than this is an unclosed quote or no table at all.
LONGEST_CELL = 1_000_000
NOT_A_NAME = re.compile(
    r"[-+]?[\d.,]+([eE][-+]?\d+)?%?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?|true|false", re.IGNORECASE
)

csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True)
class Header:
    """The names of the columns as they will be used, unique and never empty."""

    delimiter: str
    names: tuple[str, ...]
    notes: tuple[str, ...]


def read_header(file: TextIO, *, file_name: str, max_columns: int) -> Header:
    """Reads the header and a sample of rows; leaves `file` wherever it stopped.

    Raises BadData when there is no header, no row, or more than `max_columns` columns.
    """
    sample = "".join(itertools.islice(_bounded_lines(file), SAMPLE_LINES))
    delimiter = _delimiter(sample)
    rows = [row for row in _rows(sample, delimiter) if any(cell.strip() for cell in row)]
    if not rows:
        raise BadData(f"'{file_name}' has no header line.", "Put the column names into the first line.")
    header = rows[0]
    if len(header) > max_columns:
        raise BadData(
            f"'{file_name}' has {len(header):,} columns, more than the limit of {max_columns:,}.",
            "Keep the columns that are needed and try again.",
            line=1,
        )
    _refuse_data_as_header(header, file_name)
    if len(rows) == 1:
        raise BadData(f"'{file_name}' has column names but no rows.", "Add at least one row below the header.")
    names, notes = _usable_names(header)
    return Header(delimiter, tuple(names), tuple(notes))


def _bounded_lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(8 * LONGEST_CELL):
        yield line


def _rows(sample: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(sample.splitlines(keepends=True), delimiter=delimiter)
    except csv.Error:
        return


def _delimiter(sample: str) -> str:
    """The header decides, because decimal commas and dates do not occur in names; ties go to the steadier one."""

    def merit(delimiter: str) -> tuple[float, int]:
        rows = [row for row in _rows(sample, delimiter) if row]
        if not rows:
            return (0.0, 0)
        width = len(rows[0])
        steady = sum(len(row) == width for row in rows) / len(rows)
        return (width * (0.5 + steady) if width > 1 else 0.0, -DELIMITERS.index(delimiter))

    return max(DELIMITERS, key=merit)


def _refuse_data_as_header(header: list[str], file_name: str) -> None:
    cells = [cell.strip().lstrip("\ufeff") for cell in header]
    filled = [cell for cell in cells if cell]
    like_data = [cell for cell in filled if NOT_A_NAME.fullmatch(cell)]
    # Years as column names are common (a column for each year), a header of which most cells are numbers is not.
    if filled and len(like_data) * 2 > len(filled) and not all(re.fullmatch(r"(19|20)\d\d", c) for c in like_data):
        raise BadData(
            f"'{file_name}' has no header line: the first line looks like data ('{like_data[0]}').",
            "Put the column names into the first line.",
            line=1,
        )


def _usable_names(header: list[str]) -> tuple[list[str], list[str]]:
    names: list[str] = []
    notes: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(header, start=1):
        wanted = " ".join(cell.lstrip("\ufeff").split())
        if not wanted:
            wanted = f"column_{position}"
            notes.append(f"Column {position} has no name; it is called '{wanted}'.")
        name = wanted
        for number in itertools.count(2):
            if name not in taken:
                break
            name = f"{wanted} ({number})"
        if name != wanted:
            notes.append(f"The name '{wanted}' occurs more than once; column {position} is called '{name}'.")
        taken.add(name)
        names.append(name)
    return names, notes
