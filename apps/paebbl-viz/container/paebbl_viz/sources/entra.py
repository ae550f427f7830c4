"""A token for Microsoft Graph, with no secret where that is possible.

Tried in this order; the first that Entra ID accepts is kept until it stops working:

1. federated: AWS vouches for the task's role (`sts:GetWebIdentityToken`) and Entra ID trusts that role through a
   federated credential of the app registration: there is no secret anywhere;
2. a certificate with its private key, in Secrets Manager (PEM);
3. a client secret, in Secrets Manager.
"""

from __future__ import annotations

import base64
import hashlib
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from paebbl_viz.logs import LOGGER
from paebbl_viz.sources.base import SourceFailed
from paebbl_viz.sources.retry import retry_after
from paebbl_viz.sources.s3 import aws_client, aws_reason

AUDIENCE = "api://AzureADTokenExchange"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
GRAPH = "https://graph.microsoft.com/v1.0"
# A token is renewed this long before it ends, so that none ends during a download.
EARLY_SECONDS = 300
ASSERTION_SECONDS = 300
ERROR_CODE = re.compile(r"AADSTS\d+")


@dataclass
class EntraTokens:
    """Tokens of one app registration for `graph`.

    `login` is the address of Entra ID, `audience` its name in AWS's tokens: both, and Graph, differ in national clouds.
    """

    tenant: str
    client_id: str
    certificate_secret: str = ""
    client_secret: str = ""
    login: str = "https://login.microsoftonline.com"
    graph: str = GRAPH
    audience: str = AUDIENCE
    _token: str = field(default="", repr=False)
    _until: float = 0.0

    @property
    def endpoint(self) -> str:
        return f"{self.login}/{self.tenant}/oauth2/v2.0/token"

    @property
    def scope(self) -> str:
        """All that the app registration was granted, of the Graph of its cloud."""
        parts = urlsplit(self.graph)
        return f"{parts.scheme}://{parts.netloc}/.default"

    def token(self, client: httpx.Client) -> str:
        """Raises SourceFailed with what each way said, by its code."""
        if self._token and time.time() < self._until:
            return self._token
        reasons = []
        for name, proof in self._ways():
            try:
                self._token, lasts = self._exchange(client, proof())
            except SourceFailed as error:
                reasons.append(f"{name}: {error}")
                if error.retry_after:
                    raise
                continue
            self._until = time.time() + max(0.0, lasts - EARLY_SECONDS)
            LOGGER.info("signed in to Microsoft Graph", extra={"event": "graph_sign_in", "way": name})
            return self._token
        raise SourceFailed(f"Microsoft Entra ID gave no token ({'; '.join(reasons)})")

    def forget(self) -> None:
        """The token was refused: the next one is new."""
        self._token = ""

    def _ways(self) -> list[tuple[str, Callable[[], dict[str, str]]]]:
        ways: list[tuple[str, Callable[[], dict[str, str]]]] = [("federated", self._federated)]
        if self.certificate_secret:
            ways.append(("certificate", self._certificate))
        if self.client_secret:
            ways.append(("client secret", self._secret))
        return ways

    def _federated(self) -> dict[str, str]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            answer = aws_client("sts").get_web_identity_token(
                Audience=[self.audience], SigningAlgorithm="RS256", DurationSeconds=ASSERTION_SECONDS
            )
        except (BotoCoreError, ClientError) as error:
            raise SourceFailed(f"AWS STS answered {aws_reason(error)}") from error
        return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": answer["WebIdentityToken"]}

    def _certificate(self) -> dict[str, str]:
        import jwt
        from cryptography import x509
        from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

        pem = _read_secret(self.certificate_secret).encode()
        try:
            der = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
            key = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError) as error:
            raise SourceFailed("the secret must hold a certificate and its private key as PEM") from error
        thumbprint = base64.urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()
        now = int(time.time())
        claims = {
            "aud": self.endpoint,
            "iss": self.client_id,
            "sub": self.client_id,
            "jti": str(uuid.uuid4()),
            "nbf": now - 30,
            "exp": now + ASSERTION_SECONDS,
        }
        assertion = jwt.encode(claims, key, algorithm="PS256", headers={"x5t#S256": thumbprint})  # type: ignore[arg-type]
        return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}

    def _secret(self) -> dict[str, str]:
        return {"client_secret": _read_secret(self.client_secret).strip()}

    def _exchange(self, client: httpx.Client, proof: dict[str, str]) -> tuple[str, float]:
        form = {"grant_type": "client_credentials", "client_id": self.client_id, "scope": self.scope, **proof}
        try:
            answer = client.post(self.endpoint, data=form)
            body = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise SourceFailed(f"Entra ID cannot be reached ({type(error).__name__})") from error
        if answer.status_code == 200 and isinstance(body, dict) and body.get("access_token"):
            return str(body["access_token"]), float(body.get("expires_in", 0))
        if answer.status_code in (429, 503):
            raise SourceFailed(f"Entra ID is busy ({answer.status_code})", retry_after=retry_after(answer.headers))
        # Only the code: descriptions repeat what was sent.
        described = str(body.get("error_description", "")) if isinstance(body, dict) else ""
        code = ERROR_CODE.search(described)
        raise SourceFailed(f"Entra ID answered {code[0] if code else answer.status_code}")


def _read_secret(name: str) -> str:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        answer = aws_client("secretsmanager").get_secret_value(SecretId=name)
    except (BotoCoreError, ClientError) as error:
        raise SourceFailed(f"Secrets Manager answered {aws_reason(error)}") from error
    return str(answer.get("SecretString", ""))
