"""Reading a body without being drowned: what is counted is both what comes over the wire and what it unpacks to.

httpx would unpack each piece as a whole, 64 KB into 64 MB and more where it was packed twice, before anybody could count.
Here a piece is unpacked no further than to the limit, and only what was asked for is unpacked at all: gzip, once.
"""

import zlib
from collections.abc import Callable, Iterator

import httpx

from app.fetching.answer import Failed, Failure

_START = 1024
"""So many bytes show what something is."""


def read(response: httpx.Response, size: int, *, may_be: Callable[[bytes], bool]) -> bytes:
    """Return the unpacked body, or raise Failed with `too_large` as soon as it is larger than `size`.

    Raises Failed with `wrong_type` as soon as `may_be` says of its first bytes that they are not what was announced.
    """
    unpack = _way_to_unpack(response.headers.get("content-encoding", ""))
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
    """Return a file that was sent packed without a word about it, unpacked once and to no more than `size`."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    pieces = b"".join(_gunzip(iter((content,)), size))
    if len(pieces) > size:
        raise _too_large(size)
    return pieces


def int_or(text: str | None, default: int) -> int:
    """Return the number that a header says, or the default where it says none that anybody would mean."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else default


def _counted(response: httpx.Response, size: int) -> Iterator[bytes]:
    received = 0
    for piece in response.iter_raw():
        received += len(piece)
        if received > size:
            raise _too_large(size)
        yield piece


def _way_to_unpack(encoding: str) -> Callable[[Iterator[bytes], int], Iterator[bytes]]:
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
            # One byte more than may be: a longer result is noticed, and nothing that is allowed stays behind.
            yield unpacker.decompress(piece, size + 1)
            if unpacker.eof:
                return
    except zlib.error:
        raise Failed(Failure.UNREACHABLE, "the body is not packed as it says") from None
    if begun:
        raise Failed(Failure.UNREACHABLE, "the body ends in the middle")


def _too_large(size: int) -> Failed:
    return Failed(Failure.TOO_LARGE, f"more than {size} bytes")
