"""A local server that answers as Entra ID, Microsoft Graph and AWS STS document it, with faults on demand."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

ISSUER = "https://issuer.sts.example"
SUBJECT = "arn:aws:iam::111122223333:role/task"
STS = """<GetWebIdentityTokenResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetWebIdentityTokenResult>
<WebIdentityToken>{}</WebIdentityToken><Expiration>2030-01-01T00:00:00Z</Expiration></GetWebIdentityTokenResult>
</GetWebIdentityTokenResponse>"""
NO_STS = """<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
<Code>OutboundWebIdentityFederationDisabled</Code><Message>account 111122223333</Message></Error></ErrorResponse>"""


@cache
def make_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def make_certificate() -> tuple[str, rsa.RSAPublicKey, str]:
    """(PEM of certificate and key, public key, thumbprint as Entra ID wants it)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    day = timedelta(days=1)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    certificate = (
        builder.serial_number(1).not_valid_before(now - day).not_valid_after(now + day).sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    der = certificate.public_bytes(serialization.Encoding.DER)
    thumbprint = base64.urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()
    return pem.decode(), key.public_key(), thumbprint


class FakeMicrosoft:
    """`accepts` are the ways to sign in; `fault` is what goes wrong next (see `_graph` and `_download`)."""

    def __init__(self, content: bytes = b"a,b\n1,2\n") -> None:
        self.content = content
        self.accepts = {"federated", "certificate", "secret"}
        self.sts_works = True
        self.scope = "https://graph.microsoft.com/.default"
        self.audience = "api://AzureADTokenExchange"
        self.fault: str | None = None
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.ways: list[str] = []
        self.token = "token-1"
        self.sts_key = make_key()
        self.certificate, self.certificate_key, self.thumbprint = make_certificate()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_args: object) -> None:
                return

            def do_GET(self) -> None:
                outer._get(self)

            def do_POST(self) -> None:
                outer._post(self)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        # Clients that give up are what the tests are about: no stack trace for each.
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def etag(self) -> str:
        return f'"{{{hashlib.sha256(self.content).hexdigest()[:16]}}},1"'

    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]

    def _post(self, handler: BaseHTTPRequestHandler) -> None:
        form = parse_qs(handler.rfile.read(int(handler.headers["Content-Length"])).decode())
        if "Action" in form:
            if not self.sts_works:
                send(handler, 400, NO_STS.encode(), {"Content-Type": "text/xml"})
                return
            claims = {"iss": ISSUER, "sub": SUBJECT, "aud": form["Audience.member.1"][0], "exp": int(time.time()) + 300}
            send(
                handler,
                200,
                STS.format(jwt.encode(claims, self.sts_key, algorithm="RS256")).encode(),
                {"Content-Type": "text/xml"},
            )
            return
        way = self._way(form)
        self.ways.append(way)
        if way not in self.accepts or form["scope"] != [self.scope]:
            body = {"error": "invalid_client", "error_description": f"AADSTS700213: no match for {form}"}
            send(handler, 401, json.dumps(body).encode())
            return
        send(handler, 200, json.dumps({"access_token": self.token, "expires_in": 3599}).encode())

    def _way(self, form: dict[str, list[str]]) -> str:
        """Checks what Entra ID checks: issuer, subject and audience; or thumbprint and signature; or the secret."""
        if form.get("client_secret") == ["the-secret"]:
            return "secret"
        assertion = form.get("client_assertion", [""])[0]
        header = jwt.get_unverified_header(assertion)
        if header["alg"] == "RS256":
            claims = jwt.decode(
                assertion,
                self.sts_key.public_key(),
                algorithms=["RS256"],
                audience=self.audience,
                issuer=ISSUER,
            )
            return "federated" if claims["sub"] == SUBJECT else "stranger"
        assert header["x5t#S256"] == self.thumbprint
        claims = jwt.decode(
            assertion, self.certificate_key, algorithms=["PS256"], audience=f"{self.url}/tenant/oauth2/v2.0/token"
        )
        assert claims["iss"] == claims["sub"] == "client"
        return "certificate"

    def _get(self, handler: BaseHTTPRequestHandler) -> None:
        path = urlsplit(handler.path).path
        self.requests.append((path, dict(handler.headers)))
        if path == "/download":
            self._download(handler)
        else:
            self._graph(handler, path)

    def _graph(self, handler: BaseHTTPRequestHandler, path: str) -> None:
        headers = handler.headers
        fault = self.fault or ""
        if fault.isdigit():
            send(
                handler,
                int(fault),
                b'{"error": {"code": "x", "message": "m"}}',
                {"Retry-After": "120"} if fault in ("429", "503") else {},
            )
        elif fault == "hang":
            time.sleep(3)
            handler.close_connection = True
        elif fault == "reset":
            handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True
        elif fault == "html":
            send(handler, 200, b"<html>maintenance</html>")
        elif headers.get("Authorization") != f"Bearer {self.token}":
            send(handler, 401, b"{}")
        elif headers.get("If-None-Match") == self.etag:
            send(handler, 304, b"")
        elif path.endswith("content"):
            send(handler, 302, b"", {"Location": f"{self.url}/download?tempauth=very-secret"})
        else:
            about = {
                "id": "1",
                "name": "clean.csv",
                "size": len(self.content),
                "eTag": self.etag,
                "lastModifiedDateTime": "2026-01-02T03:04:05Z",
            }
            send(handler, 200, json.dumps(about).encode())

    def _download(self, handler: BaseHTTPRequestHandler) -> None:
        fault = self.fault or ""
        if fault == "truncated":
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(self.content)))
            handler.end_headers()
            handler.wfile.write(self.content[: len(self.content) // 2])
            handler.close_connection = True
        elif fault == "short":
            send(handler, 200, self.content[:-2])
        elif fault == "zip bomb":
            # A hundred megabytes, which arrive as a hundred kilobytes.
            send(handler, 200, gzip.compress(b"1,2\n" * 25_000_000, 1), {"Content-Encoding": "gzip"})
        elif fault == "trickle":
            handler.send_response(200)
            handler.end_headers()
            for _ in range(100):
                handler.wfile.write(b"1,2\n")
                handler.wfile.flush()
                time.sleep(0.05)
            handler.close_connection = True
        elif fault.startswith("download-"):
            send(handler, int(fault.removeprefix("download-")), b"gone")
        else:
            send(handler, 200, self.content)


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
    handler.send_response(status)
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    if status != 304:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if status != 304:
        handler.wfile.write(body)
