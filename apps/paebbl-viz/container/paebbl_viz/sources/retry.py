"""How long a busy server asks to be left alone."""

from __future__ import annotations

import email.utils
import time

import httpx

DEFAULT_RETRY_SECONDS = 60.0
MOST_RETRY_SECONDS = 3600.0


def retry_after(headers: httpx.Headers) -> float:
    """Seconds to wait, from seconds or a date; never more than an hour, never less than one second."""
    text = headers.get("retry-after", "")
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = email.utils.parsedate_to_datetime(text).timestamp() - time.time()
        except ValueError:
            seconds = DEFAULT_RETRY_SECONDS
    return min(MOST_RETRY_SECONDS, max(1.0, seconds))
