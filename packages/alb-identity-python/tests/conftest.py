"""A load balancer's key endpoint and a user pool's, on this machine, and tokens as they make them."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from paebbl_alb_identity import IdentityVerifier, Settings

ARN = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/door/0123456789abcdef"
ISSUER = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abcdefghi"
CLIENT = "4example5client6id"
SUBJECT = "b7c1e2d3-0000-4000-8000-1234567890ab"


def padded(data: bytes) -> str:
    """Base64url with padding, which no RFC asks for and the load balancer sends."""
    return base64.urlsafe_b64encode(data).decode()


# Made once, because an RSA key takes its time.
_DOOR = ec.generate_private_key(ec.SECP256R1())
_POOL = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Keys:
    """The endpoints, and the private keys behind them."""

    def __init__(self) -> None:
        self.door = _DOOR
        self.pool = _POOL
        self.asked: list[str] = []
        self.served: dict[str, tuple[int, bytes]] = {"/door-key": (200, public_pem(self.door))}
        jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.pool.public_key()))
        self.served["/jwks.json"] = (200, json.dumps({"keys": [{**jwk, "kid": "pool-key", "use": "sig"}]}).encode())
        self.url = ""

    def data(self, header: dict | None = None, claims: dict | None = None, key: object = None) -> str:
        """An `x-amzn-oidc-data`, changed by what is given."""
        made = {"typ": "JWT", "kid": "door-key", "alg": "ES256", "iss": ISSUER, "client": CLIENT, "signer": ARN}
        made |= {"exp": int(time.time()) + 120} | (header or {})
        said = {"sub": SUBJECT, "email": "ada@example.com"} | (claims or {})
        parts = [padded(json.dumps({k: v for k, v in part.items() if v is not None}).encode()) for part in (made, said)]
        signing = ".".join(parts).encode()
        r, s = decode_dss_signature((key or self.door).sign(signing, ec.ECDSA(hashes.SHA256())))
        return f"{signing.decode()}.{padded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    def access_token(self, claims: dict | None = None, key: object = None, kid: str = "pool-key") -> str:
        """A Cognito access token, changed by what is given."""
        said = {
            "sub": SUBJECT,
            "iss": ISSUER,
            "client_id": CLIENT,
            "token_use": "access",
            "exp": int(time.time()) + 3600,
        }
        said |= {"cognito:groups": ["viz"]} | (claims or {})
        said = {k: v for k, v in said.items() if v is not None}
        return jwt.encode(said, key or self.pool, "RS256", headers={"kid": kid})


def public_pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture
def keys() -> Iterator[Keys]:
    made = Keys()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            status, body = made.served.get(self.path, (404, b"not here"))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", body.decode())
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def settings(keys: Keys) -> Settings:
    return Settings(ARN, CLIENT, ISSUER, key_endpoint=keys.url, jwks_uri=f"{keys.url}/jwks.json")


@pytest.fixture
def verifier(settings: Settings) -> IdentityVerifier:
    return IdentityVerifier(settings)
