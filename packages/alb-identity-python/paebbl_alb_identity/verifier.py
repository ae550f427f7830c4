"""Verifies the headers in which the load balancer says who is asking.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding
"""

from __future__ import annotations

from time import time
from typing import Any, Protocol

import jwt

from .errors import Code, IdentityError
from .keys import PublicKeys
from .reader import Reader
from .settings import Settings

IDENTITY = "x-amzn-oidc-identity"
DATA = "x-amzn-oidc-data"
ACCESS = "x-amzn-oidc-accesstoken"
# The load balancer's own limit for claims and token together is 11 K.
_MAX_TOKEN_CHARACTERS = 16_384
_ACCESS_USE = "access"


class Headers(Protocol):
    """Headers of a web framework, or a dictionary with names in lower case."""

    def get(self, name: str, default: str, /) -> str:
        """The value of a header, or the default."""


class IdentityVerifier:
    """Make one for the whole app: it keeps the keys.  Threads may share it."""

    def __init__(self, settings: Settings, *, groups: bool = False) -> None:
        """With `groups`, the user pool's access token is verified, too: its keys are fetched from the user pool."""
        self._settings = settings
        self._keys = PublicKeys(settings.key_endpoint)
        self._pool_keys = jwt.PyJWKClient(settings.jwks_uri, timeout=3) if groups else None

    def verify(self, headers: Headers) -> Reader:
        """Who is asking.  `headers` are those of a web framework, or a dictionary with names in lower case.

        Raises IdentityError when the headers are missing or are not this load balancer's.
        """
        claims = self._verify_data(_read(headers, DATA))
        subject = claims["sub"]
        if headers.get(IDENTITY, subject) != subject:
            raise IdentityError("wrong-subject", f"{IDENTITY} and {DATA} speak of different people")
        groups: frozenset[str] = frozenset()
        if self._pool_keys:
            groups = self._verify_groups(_read(headers, ACCESS), subject, self._pool_keys)
        email = claims.get("email")
        return Reader(subject, email if isinstance(email, str) else None, groups, claims)

    def _verify_data(self, token: str) -> dict[str, Any]:
        header = _header_of(token)
        settings = self._settings
        # These first: nobody else's token makes us fetch a key.
        _require(header.get("alg") == "ES256", "wrong-algorithm", "the token is not signed with ES256")
        _require(header.get("signer") == settings.load_balancer_arn, "wrong-signer", "another load balancer signed it")
        _require(header.get("client") == settings.client_id, "wrong-client", "it was made for another client")
        _require(header.get("iss") == settings.issuer, "wrong-issuer", "it comes from another issuer")
        key = self._keys.get(str(header.get("kid", "")))
        claims = self._decode(token, key, "ES256")
        # The load balancer says in the header when the token expires; the claims are the user's.
        expiry = header.get("exp")
        if not isinstance(expiry, int) or isinstance(expiry, bool):
            raise IdentityError("malformed", "the token does not say when it expires")
        _require(expiry > time() - settings.leeway_seconds, "expired", "the token has expired")
        return claims

    def _decode(self, token: str, key: Any, algorithm: str, *required: str) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                leeway=self._settings.leeway_seconds,
                options={"require": ["sub", *required], "verify_aud": False},
            )
        except jwt.ExpiredSignatureError as error:
            raise IdentityError("expired", "the token has expired") from error
        except jwt.InvalidSignatureError as error:
            raise IdentityError(
                "bad-signature", "the signature is not the load balancer's or the user pool's"
            ) from error
        except jwt.PyJWTError as error:
            raise IdentityError("malformed", "the token has claims that are missing or of the wrong kind") from error

    def _verify_groups(self, token: str, subject: str, pool_keys: jwt.PyJWKClient) -> frozenset[str]:
        _require(_header_of(token).get("alg") == "RS256", "wrong-algorithm", "the token is not signed with RS256")
        try:
            key = pool_keys.get_signing_key_from_jwt(token)
        except jwt.PyJWKClientError as error:
            raise IdentityError("no-key", "the user pool's public key cannot be fetched, or is not there") from error
        claims = self._decode(token, key, "RS256", "exp", "iss", "token_use", "client_id")
        _require(claims["iss"] == self._settings.issuer, "wrong-issuer", "it comes from another issuer")
        _require(claims["token_use"] == _ACCESS_USE, "wrong-use", "it is not an access token")
        _require(claims["client_id"] == self._settings.client_id, "wrong-client", "it was made for another client")
        _require(claims["sub"] == subject, "wrong-subject", "the two tokens speak of different people")
        groups = claims.get("cognito:groups", [])
        _require(
            isinstance(groups, list) and all(isinstance(group, str) for group in groups),
            "malformed",
            "its groups are not a list of names",
        )
        return frozenset(groups)


def _read(headers: Headers, name: str) -> str:
    value = headers.get(name, "")
    _require(value != "", "missing", f"there is no {name}: nobody signed in at a load balancer")
    _require(
        len(value) <= _MAX_TOKEN_CHARACTERS, "malformed", f"{name} is longer than any that the load balancer sends"
    )
    return value


def _header_of(token: str) -> dict[str, Any]:
    try:
        return jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError) as error:
        raise IdentityError("malformed", "it is not a token") from error


def _require(holds: bool, code: Code, message: str) -> None:
    if not holds:
        raise IdentityError(code, message)
