"""The load balancer's public keys, each fetched once."""

from __future__ import annotations

import re
import threading
import urllib.request
from collections import OrderedDict
from http.client import HTTPException

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from .errors import IdentityError

_MAX_KEY_BYTES = 4096
_TIMEOUT_SECONDS = 3
_KEPT = 16


class PublicKeys:
    """Keys by their id.  An id names one key for ever, so a key is kept until sixteen newer ones have come."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._keys: OrderedDict[str, EllipticCurvePublicKey] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, kid: str) -> EllipticCurvePublicKey:
        """The key of an id.

        The id comes from a token that nobody has verified yet, so it must not be able to lead anywhere else.
        """
        if not re.fullmatch(r"[A-Za-z0-9-]{1,64}", kid, re.ASCII):
            raise IdentityError("malformed", "the id of the key has characters that no such id has")
        with self._lock:
            if kid in self._keys:
                self._keys.move_to_end(kid)
                return self._keys[kid]
        key = self._fetch(kid)
        with self._lock:
            self._keys[kid] = key
            while len(self._keys) > _KEPT:
                self._keys.popitem(last=False)
        return key

    def _fetch(self, kid: str) -> EllipticCurvePublicKey:
        try:
            # The settings made sure that it is HTTPS, or this machine.
            with _opener.open(f"{self._endpoint}/{kid}", timeout=_TIMEOUT_SECONDS) as response:
                pem = response.read(_MAX_KEY_BYTES + 1)
        except (OSError, HTTPException) as error:
            raise IdentityError("no-key", "the load balancer's public key cannot be fetched") from error
        try:
            key = load_pem_public_key(pem[:_MAX_KEY_BYTES])
        except (ValueError, UnsupportedAlgorithm) as error:
            raise IdentityError("no-key", "what was fetched is not a public key") from error
        if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
            raise IdentityError("no-key", "what was fetched is not a key of the curve P-256")
        return key


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A key comes from where it was asked for, or not at all."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)
