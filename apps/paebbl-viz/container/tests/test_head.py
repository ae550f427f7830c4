"""What the worker itself may answer: one plain GET, and nothing that could be read in two ways."""

from __future__ import annotations

import pytest

from paebbl_viz.fast.head import parse_head

PLAIN = b"GET /views/a/figure.json?x=1 HTTP/1.1\r\nHost: h\r\nAccept-Encoding: br, gzip\r\n\r\n"


def test_a_plain_get_is_understood():
    head = parse_head(PLAIN)
    assert head is not None
    assert head.target == "/views/a/figure.json?x=1"
    assert head.fields == {"host": "h", "accept-encoding": "br, gzip"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        PLAIN[:-2],
        PLAIN + PLAIN,
        PLAIN + b"x",
        PLAIN.replace(b"GET", b"POST"),
        PLAIN.replace(b"HTTP/1.1", b"HTTP/1.0"),
        PLAIN.replace(b"?x=1", b" "),
        PLAIN.replace(b"/views", b"http://h/views"),
        PLAIN.replace(b"Host: h\r\n", b""),
        PLAIN.replace(b"Host: h\r\n", b"Host: h\nEvil: 1\r\n"),
        PLAIN.replace(b"Host: h\r\n", b"Host: h\r\nHost: g\r\n"),
        PLAIN.replace(b"Host: h\r\n", b"Host: h\r\n folded\r\n"),
        PLAIN.replace(b"Host: h\r\n", b"Host: h\r\nContent-Length : 3\r\n"),
        PLAIN.replace(b"Host: h\r\n", b"Host: h\r\nContent-Length: 3\r\n"),
        PLAIN.replace(b"Host: h\r\n", b"Host: h\r\nTransfer-Encoding: chunked\r\n"),
        PLAIN.replace(b"Host: h\r\n", b"Host: h\r\nConnection: close\r\n"),
        PLAIN.replace(b"Host: h\r\n", b"Host: h\r\nUpgrade: h2c\r\n"),
        PLAIN.replace(b"Host: h\r\n", b"Host: h\0\r\n"),
    ],
)
def test_anything_else_goes_to_the_servers_own_parser(data):
    assert parse_head(data) is None
