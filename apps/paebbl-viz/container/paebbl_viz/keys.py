"""Fetches public keys: a small answer, in time, from where it was asked for."""

from __future__ import annotations

import time

import httpx

LONGEST_SECONDS = 3.0
MOST_BYTES = 65_536


class KeysUnreachable(Exception):
    """The keys cannot be had now; the text says why."""


def fetch(url: str) -> bytes:
    """The body of the answer.  Raises KeysUnreachable, also for a redirect or an answer that is too slow or large."""
    deadline = time.monotonic() + LONGEST_SECONDS
    body = b""
    try:
        with httpx.stream("GET", url, timeout=LONGEST_SECONDS, follow_redirects=False) as answer:
            if answer.status_code != 200:
                raise KeysUnreachable(f"{answer.status_code}")
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise KeysUnreachable("the answer is too large")
                # A server that sends a byte now and then never runs into the timeout of a read.
                if time.monotonic() > deadline:
                    raise KeysUnreachable("the answer is too slow")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise KeysUnreachable(type(error).__name__) from None
    return body
