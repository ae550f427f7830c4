"""Makes sure that every row has as many cells as the header, and names the lines that do not."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paebbl_viz.errors import BadData

CHUNK = 8 * 1024 * 1024
NEWLINE = 10
RETURN = 13
# Who corrects a file wants to see more than the first wrong line, but no list of thousands.
MOST_NAMED = 5

Numbers = list[int] | NDArray[np.integer]


class WrongRows:
    """Rows of another width than the header: all are counted, the first few are named by their line."""

    def __init__(self, width: int, file_name: str) -> None:
        self.width = width
        self.file_name = file_name
        self.count = 0
        self.named: list[tuple[int, int]] = []

    def add(self, lines: Numbers, cells: Numbers) -> None:
        self.count += len(lines)
        missing = MOST_NAMED - len(self.named)
        self.named += [(int(line), int(found)) for line, found in zip(lines[:missing], cells[:missing], strict=True)]

    def refuse(self) -> None:
        """Raises BadData if there was any."""
        if not self.named:
            return
        line, cells = self.named[0]
        more = ", ".join(f"line {other} has {found:,}" for other, found in self.named[1:])
        rest = self.count - len(self.named)
        problem = f"Line {line} of '{self.file_name}' has {_cells(cells)}, but the header has {self.width}"
        problem += f"; {more}" if more else ""
        problem += f", and {rest:,} more lines are wrong" if rest else ""
        those = "that line" if self.count == 1 else "those lines"
        why = "a missing or extra separator, or text with a separator that is not quoted"
        raise BadData(f"{problem}.", f"Correct {those} ({why}) and try again.", line=line)


def check_plain_rows(path: Path, *, delimiter: str, width: int, file_name: str) -> None:
    """Counts separators by line in a file without quotes: as fast as the disk, flat in memory."""
    wrong = WrongRows(width, file_name)
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
            line = _check_block(block[: end + 1], line, delimiter, wrong)
            rest = block[end + 1 :]
            if not chunk:
                wrong.refuse()
                return


def _check_block(block: bytes, line: int, delimiter: str, wrong: WrongRows) -> int:
    data = np.frombuffer(block, dtype=np.uint8)
    ends = np.flatnonzero(data == NEWLINE)
    marks = np.flatnonzero(data == ord(delimiter))
    counts = np.diff(np.searchsorted(marks, ends), prepend=0)
    lengths = np.diff(ends, prepend=-1) - 1
    blank = (lengths == 0) | ((lengths == 1) & (data[ends - 1] == RETURN))
    places = np.flatnonzero((counts != wrong.width - 1) & ~blank)
    wrong.add(line + places + 1, counts[places] + 1)
    return line + ends.size


def rewrite_quoted_rows(source: Path, target: Path, *, delimiter: str, width: int, file_name: str) -> None:
    """Writes a file with quotes again, in the one dialect on which all readers agree.

    Quotes inside of unquoted cells, doubled quotes and line breaks in cells are read by Python's csv module, whose
    rules are those of spreadsheets.  Raises BadData for rows of another width.
    """
    wrong = WrongRows(width, file_name)
    with source.open(encoding="utf-8-sig", newline="") as read, target.open("w", encoding="utf-8", newline="") as write:
        reader = csv.reader(read, delimiter=delimiter)
        writer = csv.writer(write, delimiter=delimiter, lineterminator="\n")
        started = 1
        try:
            for row in reader:
                if row and len(row) != width:
                    wrong.add([started], [len(row)])
                elif row:
                    writer.writerow(row)
                started = reader.line_num + 1
        except csv.Error as error:
            wrong.refuse()
            raise BadData(
                f"'{file_name}' cannot be read from line {started} on: a cell is longer than a million characters.",
                "A quotation mark that is opened there is probably never closed: correct it and try again.",
                line=started,
            ) from error
    wrong.refuse()


def _cells(count: int) -> str:
    return f"{count:,} cell{'' if count == 1 else 's'}"


def _too_long(line: int, file_name: str) -> BadData:
    return BadData(
        f"Line {line} of '{file_name}' is longer than {4 * CHUNK // 1_000_000} MB.",
        "Line breaks are probably missing: export the table again.",
        line=line,
    )
