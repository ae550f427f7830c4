"""Checks that the load balancer signed what it says about a user: needed wherever something is allowed because of it.

The rules are those of the load balancer's documentation: ES256, the signer is this load balancer, the client is this
app's, not expired; the public key comes from the endpoint of the region.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import jwt

from paebbl_viz.errors import VizError
from paebbl_viz.keys import KeysUnreachable, fetch

KEY_ID = re.compile(r"[0-9a-fA-F-]{36}")


class NotSignedIn(VizError):
    """The request has no identity that can be trusted; the text says why, without the token."""

    code = "not_signed_in"
    status = 401


def verified_claims(token: str, *, alb_arn: str, client: str, keys_url: str = "") -> dict[str, Any]:
    """The claims about the user; raises NotSignedIn."""
    if not token:
        raise NotSignedIn("You are not signed in.")
    try:
        header = jwt.get_unverified_header(token)
        if header.get("signer") != alb_arn or header.get("client") != client:
            raise NotSignedIn("The sign-in comes from another load balancer or app.")
        key = _public_key(keys_url or keys_url_of(alb_arn), str(header.get("kid", "")))
        # Issuer and expiry are in the header of this kind of token; the payload repeats `exp`, which is checked.
        claims = jwt.decode(token, key, algorithms=["ES256"], options={"require": ["exp"], "verify_aud": False})
    except jwt.PyJWTError as error:
        raise NotSignedIn(f"The sign-in is not valid ({type(error).__name__}).") from None
    return dict(claims)


def keys_url_of(alb_arn: str) -> str:
    """The endpoint of the region that the ARN names."""
    return f"https://public-keys.auth.elb.{alb_arn.split(':')[3]}.amazonaws.com"


@lru_cache(maxsize=8)
def _public_key(url: str, key_id: str) -> str:
    """A key never changes its meaning, so it is asked for once.  The id becomes part of an address: only ids pass."""
    if not KEY_ID.fullmatch(key_id):
        raise NotSignedIn("The sign-in names no usable key.")
    try:
        return fetch(f"{url}/{key_id}").decode("ascii")
    except (KeysUnreachable, UnicodeDecodeError) as error:
        raise NotSignedIn(f"The key of the sign-in cannot be had ({error}).") from None
