"""The one error of this package."""

from __future__ import annotations

from typing import Literal

Code = Literal[
    "missing",
    "malformed",
    "wrong-algorithm",
    "wrong-signer",
    "wrong-client",
    "wrong-issuer",
    "wrong-subject",
    "wrong-use",
    "expired",
    "bad-signature",
    "no-key",
]


class IdentityError(Exception):
    """The headers do not say who is asking.

    `code` is stable, for logs and tests.  The message never holds any part of a token.
    """

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code: Code = code
