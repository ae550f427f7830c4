"""Sign-ins as the load balancer and the user pool make them, and the endpoints of their public keys."""

from __future__ import annotations

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

ISSUER = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool"
ALB = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/viz/1"
KID = "12345678-1234-1234-1234-123456789012"


POOL_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Signer:
    """`asked` are the paths of the keys that were asked for; `fault` is a status, 'hang' or 'html' of the pool's."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        pem = self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

        jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(POOL_KEY.public_key()))
        jwks = json.dumps({"keys": [{**jwk, "kid": "pool", "use": "sig", "alg": "RS256"}]}).encode()
        self.asked: list[str] = []
        self.fault = ""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_args: object) -> None:
                return

            def do_GET(self) -> None:
                outer.asked.append(self.path)
                if self.path == "/jwks.json":
                    outer._pool(self, jwks)
                    return
                self.send_response(200 if self.path == f"/{KID}" else 404)
                self.end_headers()
                self.wfile.write(pem)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def token(self, *, key=None, header=None, **claims) -> str:
        body = {
            "sub": "1",
            "email": "ada@paebbl.example",
            "email_verified": "true",
            "exp": int(time.time()) + 60,
            **claims,
        }
        head = {"kid": KID, "signer": ALB, "client": "client", "iss": "https://issuer", **(header or {})}
        token = jwt.encode(body, key or self.key, algorithm="ES256", headers=head)
        # The load balancer signs what it has padded, unlike every library.
        padded = ".".join(part + "=" * (-len(part) % 4) for part in token.split(".")[:2])
        signature = jwt.algorithms.ECAlgorithm(jwt.algorithms.ECAlgorithm.SHA256).sign(padded.encode(), key or self.key)
        return f"{padded}.{base64.urlsafe_b64encode(signature).decode()}"

    def access_token(self, *, key=None, kid="pool", algorithm="RS256", **claims) -> str:
        """What the load balancer passes on in `x-amzn-oidc-accesstoken`; a claim that is None is left out."""
        body = {
            "sub": "1",
            "iss": ISSUER,
            "token_use": "access",
            "client_id": "client",
            "exp": int(time.time()) + 60,
            "cognito:groups": ["scientists"],
            **claims,
        }
        body = {name: value for name, value in body.items() if value is not None}
        return jwt.encode(body, key or POOL_KEY, algorithm=algorithm, headers={"kid": kid})

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _pool(self, handler: BaseHTTPRequestHandler, jwks: bytes) -> None:
        if self.fault == "hang":
            time.sleep(1)
        handler.send_response(int(self.fault) if self.fault.isdigit() else 200)
        handler.end_headers()
        handler.wfile.write(b"<html>" if self.fault == "html" else jwks)
