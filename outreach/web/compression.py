"""Brotli or gzip both ways: a phone in a stairwell pays for every byte."""

import gzip
import zlib
from io import BytesIO

import brotli
from flask import Flask, Response, request

from outreach.errors import TooLarge

SMALLEST = 600
LARGEST_BODY = 2 * 1024 * 1024
COMPRESSIBLE = ("application/json", "application/problem+json", "text/")


def register(app: Flask) -> None:
    """Refuse bodies past 2 MiB, packed or not; pack answers as the caller accepts."""

    @app.before_request
    def _unpack() -> None:
        if request.mimetype != "multipart/form-data":
            request.max_content_length = LARGEST_BODY  # only files may be larger
        if request.headers.get("Content-Encoding", "").lower() != "gzip":
            return
        request.stream = BytesIO(_bounded_gunzip(request.get_data(cache=False)))

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


def _bounded_gunzip(packed: bytes) -> bytes:
    reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        plain = reader.decompress(packed, LARGEST_BODY)
    except zlib.error:
        return b""  # half a body: the schema refuses it as any other
    if reader.unconsumed_tail:
        raise TooLarge
    return plain
