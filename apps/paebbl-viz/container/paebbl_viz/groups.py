"""The groups of a user, from the user pool's access token: the load balancer's own token names none.

The load balancer passes the token on in `x-amzn-oidc-accesstoken`.  It is verified like any other: RS256 with a key of
the pool, issued by it for this app's client, an access token, not expired, and of the same user.
"""

from __future__ import annotations

import json
import time
from functools import lru_cache
from threading import Lock
from typing import Any

import jwt

from paebbl_viz.keys import KeysUnreachable, fetch
from paebbl_viz.logs import LOGGER

LEEWAY_SECONDS = 30
# A token with an unknown key, and keys that cannot be had, cost one question in this time.
PATIENCE_SECONDS = 30.0
LONGEST_TOKEN = 16_384


class PoolKeys:
    """The keys of a user pool by their ids, which never change their meaning: each is asked for once."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._keys: dict[str, Any] = {}
        self._lock = Lock()
        self._asked = -PATIENCE_SECONDS
        self._why = ""

    def get(self, key_id: str) -> Any:
        """Raises KeysUnreachable when there is no such key, or the keys cannot be had."""
        with self._lock:
            if key_id not in self._keys and time.monotonic() - self._asked >= PATIENCE_SECONDS:
                self._ask()
                self._asked = time.monotonic()
            if key_id not in self._keys:
                raise KeysUnreachable(self._why or "there is no such key")
            return self._keys[key_id]

    def _ask(self) -> None:
        try:
            found = jwt.PyJWKSet.from_dict(json.loads(fetch(self.url)))
            self._keys = {str(key.key_id): key.key for key in found.keys}
            self._why = ""
        except KeysUnreachable as error:
            self._why = str(error)
        except (ValueError, TypeError, AttributeError, jwt.PyJWTError):
            self._why = "the answer is not understood"


@lru_cache(maxsize=4)
def _pool_keys(url: str) -> PoolKeys:
    return PoolKeys(url)


def verified_groups(token: str, *, issuer: str, client: str, subject: str, keys_url: str = "") -> list[str]:
    """The groups of the user `subject`; none, and a line in the log, when the token proves nothing."""
    try:
        return _verified(token, issuer=issuer, client=client, subject=subject, keys_url=keys_url)
    except (KeysUnreachable, jwt.PyJWTError, ValueError) as error:
        # The texts of PyJWT repeat no token; ours neither.
        reason = f"{type(error).__name__}: {error}"[:200]
        LOGGER.warning("groups are not known", extra={"event": "groups_unknown", "reason": reason})
        return []


def _verified(token: str, *, issuer: str, client: str, subject: str, keys_url: str) -> list[str]:
    if not token or len(token) > LONGEST_TOKEN:
        raise ValueError("there is no access token")
    header = jwt.get_unverified_header(token)
    if header.get("alg") != "RS256":
        raise ValueError("the access token is not signed with RS256")
    key = _pool_keys(keys_url or f"{issuer}/.well-known/jwks.json").get(str(header.get("kid", "")))
    required = ["exp", "iss", "sub", "token_use", "client_id"]
    claims = jwt.decode(
        token,
        key,
        algorithms=["RS256"],
        issuer=issuer,
        leeway=LEEWAY_SECONDS,
        options={"require": required, "verify_aud": False},
    )
    for name, wanted in (("token_use", "access"), ("client_id", client), ("sub", subject)):
        if claims[name] != wanted:
            raise ValueError(f"the access token has another '{name}'")
    found = claims.get("cognito:groups", [])
    return [group for group in found if isinstance(group, str)] if isinstance(found, list) else []
