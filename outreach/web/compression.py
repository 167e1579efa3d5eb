"""Brotli or gzip both ways: a phone in a stairwell pays for every byte."""

import gzip
import zlib
from io import BytesIO

import brotli
from flask import Flask, Response, current_app, request

from outreach.errors import TooLarge
from outreach.web.routing import LARGEST_BODY

SMALLEST = 600
COMPRESSIBLE = ("application/json", "application/problem+json", "text/")


def register(app: Flask) -> None:
    """Refuse bodies past what their route takes, packed or not; pack answers as is accepted."""

    @app.before_request
    def _unpack() -> None:
        largest = _largest_body()
        if request.mimetype != "multipart/form-data":
            request.max_content_length = largest  # only files may be larger
        if request.headers.get("Content-Encoding", "").lower() != "gzip":
            return
        request.stream = BytesIO(_bounded_gunzip(request.get_data(cache=False), largest))

    @app.after_request
    def _pack(response: Response) -> Response:
        if response.direct_passthrough or "Content-Encoding" in response.headers:
            return response
        if not (response.mimetype or "").startswith(COMPRESSIBLE):
            return response
        body = response.get_data()
        if len(body) < SMALLEST:
            return response
        accepted = request.accept_encodings
        if accepted["br"]:
            response.set_data(brotli.compress(body, quality=5))
            response.headers["Content-Encoding"] = "br"
        elif accepted["gzip"]:
            response.set_data(gzip.compress(body, compresslevel=6))
            response.headers["Content-Encoding"] = "gzip"
        return response


def _largest_body() -> int:
    view = current_app.view_functions.get(request.endpoint or "")
    return int(getattr(view, "largest_body", LARGEST_BODY))


def _bounded_gunzip(packed: bytes, largest: int) -> bytes:
    reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        plain = reader.decompress(packed, largest)
    except zlib.error:
        return b""  # half a body: the schema refuses it as any other
    if reader.unconsumed_tail:
        raise TooLarge
    return plain
