"""Which load balancer, and which user pool, to believe."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

_ARN = re.compile(
    r"arn:(?P<partition>aws[a-z-]*):elasticloadbalancing:(?P<region>[a-z0-9-]+):\d{12}:loadbalancer/app/[\w-]+/[\w-]+",
    re.ASCII,
)


@dataclass(frozen=True)
class Settings:
    """What a token must say to be believed."""

    load_balancer_arn: str
    client_id: str
    issuer: str
    """`https://cognito-idp.<region>.amazonaws.com/<user pool id>`"""

    key_endpoint: str = ""
    """Where the load balancer's public keys are.  Default: the endpoint of the load balancer's region."""

    jwks_uri: str = ""
    """Where the user pool's public keys are, for groups.  Default: the well-known address below the issuer."""

    leeway_seconds: int = 30
    """How far apart the clocks may be."""

    def __post_init__(self) -> None:
        arn = _ARN.fullmatch(self.load_balancer_arn)
        if not arn:
            raise ValueError(f"'load_balancer_arn' must be the ARN of a load balancer, got: {self.load_balancer_arn}")
        if not self.client_id:
            raise ValueError("'client_id' must be the id of the load balancer's client, got: ''")
        if not self.issuer.startswith("https://"):
            raise ValueError(f"'issuer' must be an HTTPS URL, got: {self.issuer}")
        if not 0 <= self.leeway_seconds <= 300:
            raise ValueError(f"'leeway_seconds' must be from 0 to 300, got: {self.leeway_seconds}")
        object.__setattr__(self, "key_endpoint", (self.key_endpoint or _endpoint(arn)).rstrip("/"))
        object.__setattr__(self, "jwks_uri", self.jwks_uri or f"{self.issuer}/.well-known/jwks.json")
        for name in ("key_endpoint", "jwks_uri"):
            # A key that came over plain HTTP is anybody's; this machine's own preview is the exception.
            if not re.match(r"https://|http://(localhost|127\.0\.0\.1|\[::1\])[:/]", getattr(self, name)):
                raise ValueError(f"'{name}' must be an HTTPS URL, got: {getattr(self, name)}")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Reads the variables that `identityEnvironment` of the construct CognitoAlbAuth holds."""
        values = os.environ if environment is None else environment
        missing = [name for name in _REQUIRED if not values.get(name)]
        if missing:
            raise ValueError(f"'{missing[0]}' must be set in the environment")
        return cls(
            load_balancer_arn=values["ALB_IDENTITY_LOAD_BALANCER_ARN"],
            client_id=values["ALB_IDENTITY_CLIENT_ID"],
            issuer=values["ALB_IDENTITY_ISSUER"],
            key_endpoint=values.get("ALB_IDENTITY_KEY_ENDPOINT", ""),
            jwks_uri=values.get("ALB_IDENTITY_JWKS_URI", ""),
        )


_REQUIRED = ("ALB_IDENTITY_LOAD_BALANCER_ARN", "ALB_IDENTITY_CLIENT_ID", "ALB_IDENTITY_ISSUER")


def _endpoint(arn: re.Match[str]) -> str:
    region = arn["region"]
    if arn["partition"] == "aws-us-gov":
        # The government regions serve keys from S3: see the documentation of the load balancer.
        return f"https://s3-{region}.amazonaws.com/aws-elb-public-keys-prod-{region}"
    suffix = "amazonaws.com.cn" if arn["partition"] == "aws-cn" else "amazonaws.com"
    return f"https://public-keys.auth.elb.{region}.{suffix}"
