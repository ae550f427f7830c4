"""The head of a plain GET request, read only where there is no doubt about where it ends.

Everything else, however valid, is None here and goes through the server's own parser: a request with a body, an
upgrade, a folded or odd header.  So a request can never be understood differently here than by the load balancer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_BYTES = 16_384
# One header a line: a token, a colon at once, and no control characters.
WHOLE = re.compile(rb"GET (/[!-~]*) HTTP/1\.1\r\n((?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t -~\x80-\xff]*\r\n)+)\r\n")
# With one of these a request may have a body, or may not end where its head ends.
UNUSUAL = frozenset({"content-length", "transfer-encoding", "upgrade", "expect", "te", "trailer", "http2-settings"})


@dataclass(frozen=True)
class Head:
    """`target` is the address as it was sent, 'path?query'; the names of `fields` are in lower case."""

    target: str
    fields: dict[str, str]


def parse_head(data: bytes) -> Head | None:
    """The head of exactly one request without a body, else None."""
    found = WHOLE.fullmatch(data)
    if found is None:
        return None
    fields: dict[str, str] = {}
    for line in found[2].decode("latin-1").split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        name = name.lower()
        if name in UNUSUAL or name in fields:
            return None
        fields[name] = value.strip(" \t")
    if "host" not in fields or fields.get("connection", "keep-alive").lower() != "keep-alive":
        return None
    return Head(found[1].decode("latin-1"), fields)
