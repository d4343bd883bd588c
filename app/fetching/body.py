"""Reading a response body within limits, both for the bytes received and for the unpacked bytes.

httpx would unpack each chunk completely, 64 KB into 64 MB and more if it was packed twice, before the limit can be
checked. Here a chunk is unpacked only up to the limit, and only what was requested is unpacked at all: gzip, once.
"""

import zlib
from collections.abc import Callable, Iterator

import httpx

from app.fetching.answer import Failed, Failure

_START = 1024
"""This many bytes are enough to recognize the type."""


def read(response: httpx.Response, size: int, *, may_be: Callable[[bytes], bool]) -> bytes:
    """Return the unpacked body, or raise Failed with `too_large` as soon as it is larger than `size`.

    Raises Failed with `wrong_type` as soon as `may_be` rejects its first bytes.
    """
    unpack = _decompressor(response.headers.get("content-encoding", ""))
    if int_or(response.headers.get("content-length"), 0) > size:
        raise _too_large(size)
    content, begun = bytearray(), False
    for piece in unpack(_counted(response, size), size):
        content += piece
        if len(content) > size:
            raise _too_large(size)
        if not (begun or may_be(bytes(content[:_START]))):
            raise Failed(Failure.WRONG_TYPE, "the first bytes are of another kind")
        begun = len(content) >= _START
    return bytes(content)


def unpacked(content: bytes, size: int) -> bytes:
    """Return the content of a file that is compressed without a header saying so, unpacked once and up to `size`."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    pieces = b"".join(_gunzip(iter((content,)), size))
    if len(pieces) > size:
        raise _too_large(size)
    return pieces


def int_or(text: str | None, default: int) -> int:
    """Return the number in a header, or the default if there is no plausible one."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else default


def _counted(response: httpx.Response, size: int) -> Iterator[bytes]:
    received = 0
    for piece in response.iter_raw():
        received += len(piece)
        if received > size:
            raise _too_large(size)
        yield piece


def _decompressor(encoding: str) -> Callable[[Iterator[bytes], int], Iterator[bytes]]:
    if encoding.strip().lower() in ("", "identity"):
        return lambda pieces, _size: pieces
    if encoding.strip().lower() in ("gzip", "x-gzip"):
        return _gunzip
    raise Failed(Failure.WRONG_TYPE, f"packed as {encoding[:40]!r}, which was not asked for")


def _gunzip(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    begun = False
    try:
        for piece in pieces:
            begun = True
            # one byte more than allowed, so that a longer result is noticed
            yield unpacker.decompress(piece, size + 1)
            if unpacker.eof:
                return
    except zlib.error:
        raise Failed(Failure.UNREACHABLE, "the body is not packed as it says") from None
    if begun:
        raise Failed(Failure.UNREACHABLE, "the body ends in the middle")


def _too_large(size: int) -> Failed:
    return Failed(Failure.TOO_LARGE, f"more than {size} bytes")
