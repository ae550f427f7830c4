"""Answers with fingerprint and compression, made the same way everywhere."""

from __future__ import annotations

import gzip

import brotli
from flask import Flask, Response, request

from paebbl_viz.cache import WORTH_COMPRESSING, Answer


def respond(answer: Answer, content_type: str, *, cache_control: str = "no-cache, private") -> Response:
    """304 when the browser has this very body, else the body in the best encoding that it takes."""
    response = Response(status=200, content_type=content_type)
    response.headers["Cache-Control"] = cache_control
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(answer.etag, weak=True)
    if request.if_none_match.contains_weak(answer.etag):
        response.status_code = 304
        return response
    accepted = request.accept_encodings
    if answer.packed is not None and accepted["br"] > 0:
        response.data = answer.packed
        response.headers["Content-Encoding"] = "br"
    elif answer.packed is not None and accepted["gzip"] > 0:
        response.data = gzip.compress(answer.body, compresslevel=5, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.data = answer.body
    return response


def compress_pages(app: Flask) -> None:
    """HTML is made for each request; a light compression costs less than sending it."""

    @app.after_request
    def compress(response: Response) -> Response:
        page = response.mimetype == "text/html" and not response.is_streamed and response.status_code != 304
        if page and "Content-Encoding" not in response.headers:
            response.headers["Vary"] = "Accept-Encoding"
            body = response.get_data()
            if len(body) >= WORTH_COMPRESSING and request.accept_encodings["br"] > 0:
                response.set_data(brotli.compress(body, quality=4))
                response.headers["Content-Encoding"] = "br"
            elif len(body) >= WORTH_COMPRESSING and request.accept_encodings["gzip"] > 0:
                response.set_data(gzip.compress(body, compresslevel=4, mtime=0))
                response.headers["Content-Encoding"] = "gzip"
        return response
