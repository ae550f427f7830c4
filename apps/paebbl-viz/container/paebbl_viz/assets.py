"""Static files under addresses that name their content, kept for ever by browsers and never old."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import brotli

STATIC = Path(__file__).resolve().parent / "static"
SERVED = (".js", ".css", ".svg", ".txt", ".json")


@dataclass(frozen=True)
class Asset:
    """A static file: its bytes, the same in Brotli, its fingerprint and its type."""

    body: bytes
    packed: bytes
    digest: str
    content_type: str


def _source(name: str) -> Path | None:
    """The file; of one that is only there in Brotli, that one."""
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC) or path.suffix not in SERVED:
        return None
    return next((there for there in (path, _packed(path)) if there.is_file()), None)


def _packed(path: Path) -> Path:
    return path.with_name(f"{path.name}.br")


@cache
def digest(name: str) -> str:
    """The fingerprint in the address.  Files that name each other share one: the app's own, and those of a folder."""
    path = _source(name)
    if path is None:
        raise FileNotFoundError(name)
    alone = path.parent == STATIC / "vendor"
    paths = [path] if alone else sorted(path.parent.glob("*.*"))
    content = b"".join(path.read_bytes() for path in paths)
    return blake2b(content, digest_size=8).hexdigest()


@cache
def load(name: str) -> Asset | None:
    """The file, read and compressed once in a process; None when there is none of that name."""
    path = _source(name)
    if path is None:
        return None
    ready = path if path.suffix == ".br" else _packed(path)
    packed = ready.read_bytes() if ready.is_file() else brotli.compress(path.read_bytes(), quality=5)
    body = brotli.decompress(packed) if path == ready else path.read_bytes()
    kind = mimetypes.types_map.get(Path(name).suffix, "text/plain")
    return Asset(body, packed, digest(name), f"{kind}; charset=utf-8")


def url(name: str) -> str:
    """The address of a static file, with the fingerprint of its content in it."""
    return f"/static/{digest(name)}/{name}"
