"""Makes sure that every row has as many cells as the header, and names the first line that does not."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from paebbl_viz.errors import BadData

CHUNK = 8 * 1024 * 1024
NEWLINE = 10
RETURN = 13


def check_plain_rows(path: Path, *, delimiter: str, width: int, file_name: str) -> None:
    """Counts separators by line in a file without quotes: as fast as the disk, flat in memory."""
    line = 0
    rest = b""
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            block = rest + chunk if chunk else rest + b"\n"
            end = block.rfind(b"\n")
            if end < 0:
                if len(block) > 4 * CHUNK:
                    raise _too_long(line + 1, file_name)
                rest = block
                continue
            line = _check_block(block[: end + 1], line, delimiter, width, file_name)
            rest = block[end + 1 :]
            if not chunk:
                return


def _check_block(block: bytes, line: int, delimiter: str, width: int, file_name: str) -> int:
    data = np.frombuffer(block, dtype=np.uint8)
    ends = np.flatnonzero(data == NEWLINE)
    marks = np.flatnonzero(data == ord(delimiter))
    counts = np.diff(np.searchsorted(marks, ends), prepend=0)
    lengths = np.diff(ends, prepend=-1) - 1
    blank = (lengths == 0) | ((lengths == 1) & (data[ends - 1] == RETURN))
    wrong = np.flatnonzero((counts != width - 1) & ~blank)
    if wrong.size:
        first = int(wrong[0])
        raise ragged(line + first + 1, int(counts[first]) + 1, width, file_name)
    return line + ends.size


def rewrite_quoted_rows(source: Path, target: Path, *, delimiter: str, width: int, file_name: str) -> None:
    """Writes a file with quotes again, in the one dialect on which all readers agree.

    Quotes inside of unquoted cells, doubled quotes and line breaks in cells are read by Python's csv module, whose
    rules are those of spreadsheets.  Raises BadData at the first row of another width.
    """
    with source.open(encoding="utf-8-sig", newline="") as read, target.open("w", encoding="utf-8", newline="") as write:
        reader = csv.reader(read, delimiter=delimiter)
        writer = csv.writer(write, delimiter=delimiter, lineterminator="\n")
        started = 1
        try:
            for row in reader:
                if not row:
                    started = reader.line_num + 1
                    continue
                if len(row) != width:
                    raise ragged(started, len(row), width, file_name)
                writer.writerow(row)
                started = reader.line_num + 1
        except csv.Error as error:
            raise BadData(
                f"'{file_name}' cannot be read from line {started} on: a cell is longer than a million characters.",
                "A quotation mark that is opened there is probably never closed: correct it and try again.",
                line=started,
            ) from error


def ragged(line: int, found: int, width: int, file_name: str) -> BadData:
    cells = "cell" if found == 1 else "cells"
    return BadData(
        f"Line {line} of '{file_name}' has {found:,} {cells}, but the header has {width}.",
        "Correct that line (a missing or extra separator, or text with a separator that is not quoted) and try again.",
        line=line,
    )


def _too_long(line: int, file_name: str) -> BadData:
    return BadData(
        f"Line {line} of '{file_name}' is longer than {4 * CHUNK // 1_000_000} MB.",
        "Line breaks are probably missing: export the table again.",
        line=line,
    )
