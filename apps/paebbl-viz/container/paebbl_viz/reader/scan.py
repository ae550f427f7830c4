"""First look at a file: is it text at all, in which encoding, and what is its fingerprint?"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from paebbl_viz.errors import BadData

CHUNK = 4 * 1024 * 1024
SAVE_AS_CSV = "Save the table as CSV (UTF-8) and try again."

# What people drop by mistake, known by its first bytes.
SIGNATURES = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"PAR1", "a Parquet file"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "a database"),
)


@dataclass(frozen=True)
class Scan:
    """What one pass over the bytes of a file says.

    `encoding` is 'utf-8', 'utf-16' or 'mixed' (not UTF-8 as a whole: decoded line by line).
    """

    size: int
    sha256: str
    encoding: str
    quoted: bool
    lone_returns: bool


def scan(path: Path, *, max_bytes: int) -> Scan:
    """Reads every byte once in chunks, so that memory stays flat whatever the size.

    Raises BadData for a missing, empty, oversized or binary file.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise BadData(f"'{path.name}' is not a file.", "Name a CSV file.")
        if size > max_bytes:
            limit = f"{max_bytes / 1e6:,.0f} MB"
            raise BadData(
                f"'{path.name}' has {size / 1e6:,.0f} MB, more than the limit of {limit}.", "Use a smaller file."
            )
        return _scan(path, size)
    except FileNotFoundError as error:
        raise BadData(f"There is no file '{path}'.", "Check the path and try again.") from error
    except PermissionError as error:
        raise BadData(f"The file '{path}' may not be read.", "Allow reading it and try again.") from error
    except OSError as error:
        raise BadData(
            f"The file '{path}' cannot be read ({error.strerror}).", "Check the path and try again."
        ) from error


def _scan(path: Path, size: int) -> Scan:
    digest = hashlib.sha256()
    decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    quoted = newlines = returns = False
    wide = False
    first = True
    line = 1
    if size == 0:
        _refuse_other_formats(path, b"")
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if first:
                wide = chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
                _refuse_other_formats(path, chunk)
            digest.update(chunk)
            if not wide and b"\0" in chunk:
                line += chunk[: chunk.index(b"\0")].count(b"\n")
                raise BadData(f"'{path.name}' is not text: line {line} holds NUL bytes.", SAVE_AS_CSV, line=line)
            if first and not wide:
                _refuse_control_characters(path, chunk[:4096])
            first = False
            quoted = quoted or b'"' in chunk
            newlines = newlines or b"\n" in chunk
            returns = returns or b"\r" in chunk
            if decoder is not None:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    decoder = None
            line += chunk.count(b"\n")
    if decoder is not None:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            decoder = None
    encoding = "utf-16" if wide else "utf-8" if decoder is not None else "mixed"
    return Scan(size, digest.hexdigest(), encoding, quoted, returns and not newlines)


def _refuse_other_formats(path: Path, start: bytes) -> None:
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise BadData(f"'{path.name}' is empty.", "Use a CSV file with a header line and at least one row.")
    for signature, meaning in SIGNATURES:
        if start.startswith(signature):
            raise BadData(f"'{path.name}' is not a CSV file: it is {meaning}.", SAVE_AS_CSV)
    head = start[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise BadData(
            f"'{path.name}' is not a CSV file: it is a web page.",
            "Perhaps a sign-in page was saved instead of the file: download it again.",
        )


def _refuse_control_characters(path: Path, start: bytes) -> None:
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in start)
    if control > len(start) // 50:
        raise BadData(f"'{path.name}' is not text.", SAVE_AS_CSV)
