"""For Flask: who is asking, and pages for a group."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, current_app, g, request

from .errors import IdentityError
from .reader import Reader
from .verifier import IdentityVerifier

P = ParamSpec("P")
T = TypeVar("T")


def current_reader(verifier: IdentityVerifier) -> Reader:
    """Who asks for this page; 401 if the headers do not say so.  Verified once in a request."""
    known: Reader | None = g.get("alb_identity_reader")
    if known is None:
        try:
            known = g.alb_identity_reader = verifier.verify(request.headers)
        except IdentityError as error:
            current_app.logger.warning("Nobody is signed in: %s (%s)", error, error.code)
            abort(401)
    return known


def require_group(verifier: IdentityVerifier, *groups: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A page for members of one of these groups; 403 for others.  The verifier must verify groups."""
    if not groups:
        raise ValueError("'groups' must have at least one group, got: ()")

    def decorate(view: Callable[P, T]) -> Callable[P, T]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            if not current_reader(verifier).is_in(*groups):
                abort(403)
            return view(*args, **kwargs)

        return guarded

    return decorate
