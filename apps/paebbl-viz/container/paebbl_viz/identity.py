"""Who is signed in, for showing only.

The load balancer is what guarantees that nobody gets here without signing in, and it replaces these headers in every
request.  The payload is decoded without checking its signature, so nothing may be *allowed* because of it; code that
decides on access must verify the signature first.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from hashlib import blake2b

from flask import request

HEADERS = ("x-amzn-oidc-identity", "x-amzn-oidc-data", "x-amzn-oidc-accesstoken")


@dataclass(frozen=True)
class User:
    """`name` is the e-mail address where the sign-in gave one, else the subject's id."""

    subject: str
    name: str

    @property
    def pseudonym(self) -> str:
        """The same for every request of a person, and not their name: for logs."""
        return pseudonym_of(self.subject) or ""


def pseudonym_of(subject: str) -> str | None:
    """None for nobody."""
    return blake2b(subject.encode(), digest_size=6, person=b"paebbl-viz-log").hexdigest() if subject else None


def signed_in_user() -> User | None:
    """None when there is no load balancer in front that signs people in."""
    subject = request.headers.get("x-amzn-oidc-identity", "").strip()
    claims = _claims(request.headers.get("x-amzn-oidc-data", ""))
    subject = subject or str(claims.get("sub", ""))
    if not subject:
        return None
    name = claims.get("email") or claims.get("preferred_username") or claims.get("name") or subject
    return User(subject, str(name)[:200])


def _claims(token: str) -> dict[str, object]:
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        # The load balancer pads its base64url, which other token makers do not.
        payload = base64.urlsafe_b64decode(parts[1].rstrip("=") + "=" * (-len(parts[1].rstrip("=")) % 4))
        claims = json.loads(payload)
    except (binascii.Error, ValueError):
        return {}
    return claims if isinstance(claims, dict) else {}
