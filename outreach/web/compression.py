"""Brotli or gzip both ways: a phone in a stairwell pays for every byte."""

import gzip
import zlib
from io import BytesIO

import brotli
from flask import Flask, Response, current_app, request

from outreach.errors import NotWhole, TooLarge
from outreach.web.routing import LARGEST_BODY, LARGEST_FILE

SMALLEST = 600
# Of brotli and of gzip: how hard they try.
LEAST, USUAL = (1, 1), (5, 6)
# How every gzipped body begins (RFC 1952), and no JSON does.
GZIP = b"\x1f\x8b"
# Said by a phone that could not read a packed answer: some line took its `Content-Encoding` off.
AS_IT_IS = "X-Unpacked"
LIGHTLY = "X-Pack-Lightly"  # between a view and what packs it; it never goes out
COMPRESSIBLE = ("application/json", "application/problem+json", "text/")


def lightly(response: Response) -> Response:
    """Pack this one with little effort: an office asks for it again and again."""
    response.headers[LIGHTLY] = "1"
    return response


def register(app: Flask) -> None:
    """Refuse bodies past what their route takes, packed or not; pack answers as is accepted."""

    @app.before_request
    def _unpack() -> None:
        _name_the_type()
        if request.mimetype == "multipart/form-data":
            request.max_content_length = _largest("file", LARGEST_FILE)
            return  # a file; what it is packed with is its own affair
        request.max_content_length = largest = _largest("body", LARGEST_BODY)
        body = request.get_data(cache=False)
        # Its own first bytes say what it is: lines take the header off, or unpack and leave it.
        plain = _bounded_gunzip(body, largest) if body.startswith(GZIP) else body
        request.stream = BytesIO(plain)

    @app.after_request
    def _pack(response: Response) -> Response:
        effort = LEAST if response.headers.pop(LIGHTLY, None) else USUAL
        if response.direct_passthrough or "Content-Encoding" in response.headers:
            return response
        if not (response.mimetype or "").startswith(COMPRESSIBLE):
            return response
        body = response.get_data()
        if len(body) < SMALLEST:
            return response
        accepted = request.accept_encodings
        if request.headers.get(AS_IT_IS) is not None:
            return response
        if accepted["br"]:
            response.set_data(brotli.compress(body, quality=effort[0]))
            response.headers["Content-Encoding"] = "br"
        elif accepted["gzip"]:
            response.set_data(gzip.compress(body, compresslevel=effort[1]))
            response.headers["Content-Encoding"] = "gzip"
        return response


def _name_the_type() -> None:
    """A line may take the type off. Nobody but us names a token, and what we send then is JSON."""
    if request.content_length and not request.content_type and "Authorization" in request.headers:
        request.environ["CONTENT_TYPE"] = "application/json"


def _largest(what: str, otherwise: int) -> int:
    """How large a "body" or a "file" the route takes."""
    view = current_app.view_functions.get(request.endpoint or "")
    return int(getattr(view, f"largest_{what}", otherwise))


def _bounded_gunzip(packed: bytes, largest: int) -> bytes:
    """What was packed, whole: raises NotWhole for what was cut off or damaged on its way."""
    reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        plain = reader.decompress(packed, largest)
    except zlib.error as fault:
        raise NotWhole from fault
    if reader.unconsumed_tail:
        raise TooLarge
    if not reader.eof or reader.unused_data:
        raise NotWhole
    return plain
