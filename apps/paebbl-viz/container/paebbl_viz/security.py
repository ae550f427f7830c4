"""Headers that tell the browser to load nothing from anywhere else and to run nothing that is not a file of the app."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from paebbl_viz.errors import BadRequest

# Plotly makes pictures for download in data: and blob: images; nothing else needs more than the app itself.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def protect(app: Flask) -> None:
    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        # Data of people who are signed in: a shared cache must never keep an answer that did not say it may.
        response.headers.setdefault("Cache-Control", "no-cache, private")
        return response


def refuse_foreign() -> None:
    """Refuses a form that another site made the browser send: browsers say where a request comes from."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        raise BadRequest("This form was sent by another site.")
    origin = request.headers.get("Origin")
    if site is None and origin is not None and urlsplit(origin).netloc != request.host:
        raise BadRequest("This form was sent by another site.")
