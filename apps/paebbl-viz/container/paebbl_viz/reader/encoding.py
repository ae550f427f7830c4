"""Turns text in another encoding into UTF-8, line by line, so that one odd line spoils only itself."""

from __future__ import annotations

from pathlib import Path


def to_utf8(source: Path, target: Path, *, encoding: str) -> list[str]:
    """Writes `source` again as UTF-8 with line feeds and returns notes for the reader of the page."""
    if encoding == "utf-16":
        with (
            source.open(encoding="utf-16", errors="replace") as read,
            target.open("w", encoding="utf-8", newline="\n") as write,
        ):
            for line in read:
                write.write(line.replace("\0", ""))
        return ["The file is UTF-16; it was read as such."]
    return _by_line(source, target)


def _by_line(source: Path, target: Path) -> list[str]:
    odd = 0
    first = 0
    utf8 = 0
    with source.open("rb") as read, target.open("wb") as write:
        for number, raw in enumerate(read, start=1):
            try:
                raw.decode("utf-8")
                utf8 += not raw.isascii()
                write.write(raw)
            except UnicodeDecodeError:
                odd += 1
                first = first or number
                write.write(windows_1252(raw).encode("utf-8"))
    if utf8:
        lines = "one line" if odd == 1 else f"{odd:,} lines"
        return [f"The file mixes encodings: {lines} (the first is line {first}) were read as Windows-1252."]
    return ["The file is not UTF-8; it was read as Windows-1252 (Latin-1)."]


def windows_1252(raw: bytes) -> str:
    """Windows-1252, and Latin-1 for the five bytes that it leaves open: never fails."""
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def with_line_feeds(source: Path, target: Path) -> None:
    """Old Macintosh files end their lines with a carriage return alone."""
    with (
        source.open(encoding="utf-8-sig", newline=None) as read,
        target.open("w", encoding="utf-8", newline="\n") as write,
    ):
        for line in read:
            write.write(line)
