"""Who may upload and publish."""

from __future__ import annotations

from flask import request

from paebbl_viz.errors import VizError
from paebbl_viz.settings import Settings
from paebbl_viz.signer import verified_claims


class NotAllowed(VizError):
    """Signed in, but not named in the configuration."""

    code = "not_allowed"
    status = 403


def publisher(settings: Settings) -> str:
    """The e-mail address of the user, who may publish; raises NotSignedIn or NotAllowed."""
    if not (settings.alb_arn and settings.oidc_client):
        raise NotAllowed("Uploads need 'PAEBBL_ALB_ARN' and 'PAEBBL_OIDC_CLIENT', so that sign-ins can be checked.")
    claims = verified_claims(
        request.headers.get("x-amzn-oidc-data", ""),
        alb_arn=settings.alb_arn,
        client=settings.oidc_client,
        keys_url=settings.alb_keys_url,
    )
    name = str(claims.get("email", ""))
    # An address that was never proved to belong to the user proves nothing.
    proved = claims.get("email_verified") in (True, "true") and name
    groups = claims.get("cognito:groups") or claims.get("groups") or []
    if not may_publish(settings.publishers, name if proved else "", groups if isinstance(groups, list) else [groups]):
        raise NotAllowed(f"{name or 'This user'} may not upload. The people who may are named in 'PAEBBL_PUBLISHERS'.")
    return name or str(claims.get("sub", ""))


def may_publish(publishers: str, email: str, groups: list[str]) -> bool:
    """Addresses and domains are compared without regard to case."""
    for entry in (part.strip().lower() for part in publishers.split(",")):
        if entry.startswith("group:"):
            name = entry.removeprefix("group:")
            if name and name in (str(group).lower() for group in groups):
                return True
        elif entry.startswith("@"):
            if len(entry) > 1 and email.lower().endswith(entry):
                return True
        elif entry and email.lower() == entry:
            return True
    return False
