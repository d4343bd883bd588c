"""Limits on bytes, seconds and redirects."""

import gzip
import time
import tracemalloc
import zlib

import pytest

from app.fetching import Failed, Failure
from tests.fetching import hostile
from tests.fetching.webserver import answer, moved
from tests.mailserver import free_port

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
def failure_of(ask):
    """Fetch an address that fails, and return the failure and the duration in seconds."""

    def failure_of(text, **kwargs):
        started = time.monotonic()
        with pytest.raises(Failed) as caught:
            ask(text, **kwargs)
        return caught.value.failure, time.monotonic() - started

    return failure_of


def bomb(megabytes):
    """Return zeros, compressed a thousandfold."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    zeros = bytes(1_000_000)
    return b"".join([*(packer.compress(zeros) for _ in range(megabytes)), packer.flush()])


BOMB = bomb(200)
BOMB_IN_A_BOMB = gzip.compress(bomb(1000))


def test_content_of_the_maximum_size_is_read_and_one_byte_more_is_not(ask, server, failure_of):
    server.pages |= {
        "/most": answer(b"a" * 1000),
        "/more": answer(b"a" * 1001),
        "/most-packed": answer(gzip.compress(b"a" * 1000), Content_Encoding="gzip"),
        "/more-packed": answer(gzip.compress(b"a" * 1001), Content_Encoding="gzip"),
        "/more-unsaid": answer(b"a" * 1001, length=False),
    }
    for path in ("/most", "/most-packed"):
        assert len(ask(path, size=1000).content) == 1000
    for path in ("/more", "/more-packed", "/more-unsaid"):
        assert failure_of(path, size=1000)[0] == Failure.TOO_LARGE


def test_a_declared_length_over_the_limit_is_rejected(server, failure_of):
    server.pages["/page"] = server.drip(b"a", first=HEAD + b"Content-Length: 5000001\r\n\r\n")
    failure, seconds = failure_of("/page")
    assert failure == Failure.TOO_LARGE
    assert seconds < 1


def test_an_endless_body_is_aborted(server, failure_of):
    server.pages["/page"] = server.drip(b"10000\r\n" + b"a" * 0x10000 + b"\r\n", pause=0, first=CHUNKED)
    failure, seconds = failure_of("/page", seconds=20)
    assert failure == Failure.TOO_LARGE
    assert seconds < 10


@pytest.mark.parametrize("packed", [BOMB, BOMB_IN_A_BOMB], ids=["once", "twice"])
def test_a_decompression_bomb_is_aborted(server, failure_of, packed):
    server.pages["/page"] = answer(packed, Content_Encoding="gzip")
    tracemalloc.start()
    try:
        failure = failure_of("/page", size=500_000)[0]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert failure == Failure.TOO_LARGE
    assert peak < 4_000_000


@pytest.mark.parametrize("encoding", ["gzip, gzip", "deflate", "br", "zstd", "gzip, br"])
def test_only_requested_encodings_are_decompressed(server, failure_of, encoding):
    server.pages["/page"] = answer(BOMB_IN_A_BOMB, Content_Encoding=encoding)
    assert failure_of("/page")[0] == Failure.WRONG_TYPE


def test_a_compressed_body_without_content_ends(server, failure_of):
    """The gzip header may contain a file name of any length."""
    start = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x03"
    first = CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\na\r\n") + start + b"\r\n"
    server.pages["/page"] = server.drip(b"10000\r\n" + b"a" * 0x10000 + b"\r\n", pause=0, first=first)
    assert failure_of("/page", seconds=20)[0] == Failure.TOO_LARGE


@pytest.mark.parametrize(
    "content", [gzip.compress(b"page" * 1000)[:-20], b"no gzip at all"], ids=["ends in the middle", "is none"]
)
def test_corrupt_compressed_data_is_a_failure(server, failure_of, content):
    server.pages["/page"] = answer(content, Content_Encoding="gzip")
    assert failure_of("/page")[0] == Failure.UNREACHABLE


def test_a_truncated_body_is_a_failure(server, failure_of):
    server.pages["/page"] = HEAD + b"Content-Length: 100\r\n\r\nhalf"
    assert failure_of("/page")[0] == Failure.UNREACHABLE


BUSY = 5
"""Seconds after which a fetch that may last 0.6 has ended, even on a busy machine; none of these servers ever ends."""
SLOW = {
    "body": (b"1\r\na\r\n", CHUNKED),
    "head": (b"X-More: yes\r\n", HEAD),
    "head without a line": (b"a", HEAD),
    "news that more will come": (b"HTTP/1.1 103 Early Hints\r\n\r\n", b""),
    "silence": (b"", b""),
    "redirect": (b"a", b"HTTP/1.1 302 Found\r\nLocation: /slow\r\nX: "),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_slow_server_does_not_exceed_the_deadline(server, failure_of, name):
    piece, first = SLOW[name]
    server.pages["/slow"] = server.drip(piece, first=first)
    failure, seconds = failure_of("/slow", seconds=0.6)
    assert failure == Failure.TOO_SLOW
    assert 0.5 < seconds < BUSY


def test_an_endless_handshake_does_not_exceed_the_deadline(server, failure_of):
    """The server waits for a readable request, and the client for its certificate."""
    failure, seconds = failure_of(server.url.replace("http", "https"), seconds=0.6)
    assert failure == Failure.TOO_SLOW
    assert seconds < BUSY


def test_redirects_share_one_deadline(server, failure_of):
    def page(connection):
        time.sleep(0.25)
        connection.sendall(moved("/again"))

    server.pages["/again"] = page
    failure, seconds = failure_of("/again", seconds=0.6)
    assert failure == Failure.TOO_SLOW
    assert seconds < BUSY


def test_an_unresponsive_name_server_does_not_exceed_the_deadline(failure_of):
    def resolver(*_question):
        time.sleep(2)
        return []

    failure, seconds = failure_of("http://press.example/", resolver=resolver, seconds=0.8)
    assert failure == Failure.TOO_SLOW
    assert seconds < 2


def test_only_some_of_many_addresses_are_tried(failure_of, tried):
    many = [f"93.184.215.{number}" for number in range(1, 200)]
    assert (
        failure_of("http://press.example/", resolver=lambda _h, port, *_r: hostile.rows(many, port))[0]
        == Failure.UNREACHABLE
    )
    assert len(tried) == 3


def test_the_body_of_a_redirect_is_not_read(ask, server):
    first = b"HTTP/1.1 302 Found\r\nLocation: /page\r\nTransfer-Encoding: chunked\r\n\r\n"
    server.pages |= {"/away": server.drip(b"1\r\na\r\n", first=first), "/page": answer(b"page")}
    started = time.monotonic()
    assert ask("/away").content == b"page"
    assert time.monotonic() - started < 2


def test_five_redirects_are_followed_and_the_sixth_is_not(ask, server, failure_of):
    for number in range(6):
        server.pages[f"/{number}"] = moved(f"/{number + 1}")
    server.pages["/6"] = answer(b"page")
    assert ask("/1").final_url == f"{server.url}/6"
    assert failure_of("/0")[0] == Failure.TOO_MANY_REDIRECTS
    assert server.paths[-6:] == ["/0", "/1", "/2", "/3", "/4", "/5"]


def test_a_redirect_to_itself_ends(server, failure_of):
    server.pages["/again"] = moved("/again")
    assert failure_of("/again")[0] == Failure.TOO_MANY_REDIRECTS
    assert len(server.requests) == 6


def test_a_closed_port_is_unreachable(failure_of):
    port = free_port()
    failure, _ = failure_of(f"http://127.0.0.1:{port}/", loopback=frozenset({("127.0.0.1", port)}))
    assert failure == Failure.UNREACHABLE


def test_an_unknown_name_is_unreachable(failure_of):
    assert failure_of("http://press.example/")[0] == Failure.UNREACHABLE
