"""Who may upload and publish."""

from __future__ import annotations

from flask import request

from paebbl_viz.errors import VizError
from paebbl_viz.groups import verified_groups
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
    proved = bool(name) and claims.get("email_verified") in (True, "true")
    if proved and may_publish(settings.publishers, name, []):
        return name
    # Asked for last: who is named by address needs no keys of the user pool.
    groups = _groups(settings, str(claims.get("sub", "")))
    proved = proved or _comes_from_trusted(settings, groups)
    if may_publish(settings.publishers, name if proved else "", groups):
        return name or str(claims.get("sub", ""))
    if not proved and may_publish(settings.publishers, name, []):
        raise NotAllowed(
            f"{name} may upload once it is known that this address is yours: the sign-in does not say that it is "
            "verified. Whoever runs the dashboard can set 'email_verified' of your account, or name the company's "
            "sign-in in 'PAEBBL_TRUSTED_PROVIDERS'."
        )
    raise NotAllowed(f"{name or 'This user'} may not upload. The people who may are named in 'PAEBBL_PUBLISHERS'.")


def _groups(settings: Settings, subject: str) -> list[str]:
    """None unless groups can make a difference: they cost keys of the user pool."""
    if not (settings.oidc_issuer and ("group:" in settings.publishers.lower() or settings.trusted_providers)):
        return []
    return verified_groups(
        request.headers.get("x-amzn-oidc-accesstoken", ""),
        issuer=settings.oidc_issuer,
        client=settings.oidc_client,
        subject=subject,
        keys_url=settings.oidc_keys_url,
    )


def _comes_from_trusted(settings: Settings, groups: list[str]) -> bool:
    """Cognito puts everybody who comes from a provider into the group '<id of the user pool>_<name of the provider>'.

    It marks none of their addresses as verified, unless the provider says so and the pool maps that.
    """
    pool = settings.oidc_issuer.rstrip("/").rsplit("/", 1)[-1]
    names = (name.strip() for name in settings.trusted_providers.split(","))
    return any(f"{pool}_{name}" in groups for name in names if name)


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
