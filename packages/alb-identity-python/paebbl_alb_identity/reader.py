"""Who is asking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reader:
    """Somebody who signed in, as far as the load balancer and the user pool vouch for it."""

    subject: str
    """Never changes, and is nobody else's: what to store."""

    email: str | None
    """What to show."""

    groups: frozenset[str]
    """Empty unless the verifier was told to verify groups."""

    claims: Mapping[str, Any]
    """Everything that the load balancer says."""

    def is_in(self, *groups: str) -> bool:
        """Whether the reader is in one of these groups."""
        return not self.groups.isdisjoint(groups)
