"""Static files under addresses that name their content, kept for ever by browsers and never old."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import brotli

STATIC = Path(__file__).resolve().parent / "static"
FULL_BUNDLE = "vendor/plotly-full.min.js"
SERVED = (".js", ".css", ".svg", ".txt")


@dataclass(frozen=True)
class Asset:
    """A static file: its bytes, the same in Brotli, its fingerprint and its type."""

    body: bytes
    packed: bytes
    digest: str
    content_type: str


def _source(name: str) -> Path | None:
    if name == FULL_BUNDLE:
        import plotly

        return Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    path = (STATIC / name).resolve()
    return path if path.is_relative_to(STATIC) and path.suffix in SERVED and path.is_file() else None


@cache
def digest(name: str) -> str:
    """The fingerprint in the address.  The app's own files share one, because its modules import each other."""
    path = _source(name)
    if path is None:
        raise FileNotFoundError(name)
    paths = [path] if name.startswith("vendor/") else sorted(STATIC.glob("*.*"))
    content = b"".join(path.read_bytes() for path in paths)
    return blake2b(content, digest_size=8).hexdigest()


@cache
def load(name: str) -> Asset | None:
    """The file, read and compressed once in a process; None when there is none of that name."""
    path = _source(name)
    if path is None:
        return None
    body = path.read_bytes()
    ready = path.with_name(f"{path.name}.br")
    packed = ready.read_bytes() if ready.is_file() else brotli.compress(body, quality=5)
    kind = mimetypes.types_map.get(path.suffix, "text/plain")
    return Asset(body, packed, digest(name), f"{kind}; charset=utf-8")


def url(name: str) -> str:
    """The address of a static file, with the fingerprint of its content in it."""
    return f"/static/{digest(name)}/{name}"
