"""Answers, and the requests that lead to them."""

import gzip
import hashlib
import logging
import pickle
import shutil
import ssl
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.fetching import Failed, Failure, Validators
from app.fetching.client import _Fetch, _Moved
from app.fetching.deadline import _certificates
from tests.fetching.conftest import NOW
from tests.fetching.webserver import answer, moved

FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Union</title></channel></rss>'


def failure(ask, path, **kwargs):
    with pytest.raises(Failed) as caught:
        ask(path, **kwargs)
    return caught.value


def headers(request):
    lines = request.split("\r\n")[1:]
    return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines) if name}


def test_an_answer_contains_everything_about_the_page(ask, server):
    content = "<p>Huelga en Córdoba</p>".encode()
    server.pages |= {
        "/old": moved("/page?edition=1#news", "301 Moved Permanently"),
        "/page": answer(
            content, kind="Text/HTML; Charset=UTF-8", ETag='"a"', Last_Modified="Sun, 01 Mar 2026 10:00:00 GMT"
        ),
    }
    got = ask("/old")
    assert got.final_url == f"{server.url}/page?edition=1"
    assert (got.status, got.content, got.content_type, got.charset) == (200, content, "text/html", "utf-8")
    assert got.validators == Validators('"a"', "Sun, 01 Mar 2026 10:00:00 GMT")
    assert (got.retry_after, got.not_modified) == (None, False)
    assert got.body_hash == hashlib.sha256(content).hexdigest()


def test_requests_tell_neither_who_asks_nor_anything_else(ask, server):
    server.pages |= {"/away": moved("/page"), "/page": answer(b"page")}
    server.pages["/away"] = server.pages["/away"].replace(b"\r\n\r\n", b"\r\nSet-Cookie: a=b; Path=/\r\n\r\n")
    ask("/away?secret=1")
    assert set(headers(server.requests[1])) == {
        "host", "user-agent", "accept", "accept-language", "accept-encoding", "connection",
    }  # fmt: skip
    assert "encuentro" not in str(headers(server.requests[1])["user-agent"]).lower()
    assert headers(server.requests[1])["accept-language"] == "en, es;q=0.8"
    assert headers(server.requests[1])["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [
        ((), False), ((301,), True), ((308,), True), ((301, 308, 301), True), ((302,), False), ((307,), False), ((303,), False),
        ((301, 302), False), ((302, 301), False), ((301, 307, 301), False),
    ],
)  # fmt: skip
def test_only_a_chain_of_permanent_redirects_changes_the_address(ask, server, statuses, permanent):
    for hop, status in enumerate(statuses):
        server.pages[f"/{hop}"] = moved(f"/{hop + 1}?edition=1#news", f"{status} Moved")
    server.pages[f"/{len(statuses)}"] = answer(FEED, kind="text/xml", ETag='"1"')
    end = f"{server.url}/{len(statuses)}?edition=1"
    assert ask("/0").permanent_url == (end if permanent else None)
    server.pages[f"/{len(statuses)}"] = answer(status="304 Not Modified", kind=None, length=False)
    assert ask("/0", validators=Validators('"1"')).permanent_url == (end if permanent else None)


def test_a_permanent_redirect_from_https_to_http_is_not_stored(ask, server, monkeypatch):
    """A redirect back to https does not help: anyone may have answered in between."""
    hops = {"https://press.example/": "http://press.example/", "http://press.example/": "https://press.example/new"}

    def visit(request, url):
        if str(url) in hops:
            raise _Moved(hops[str(url)], 301)
        return stored

    server.pages["/page"] = answer(FEED, kind="text/xml")
    stored = replace(ask("/page"), final_url="https://press.example/new")
    monkeypatch.setattr(_Fetch, "_visit", visit)
    assert ask("https://press.example/").permanent_url is None
    assert ask("http://press.example/").permanent_url == "https://press.example/new"


def test_unchanged_content_is_not_sent_again_and_its_validators_are_kept(ask, server):
    server.pages["/feed"] = answer(
        FEED, kind="application/rss+xml", ETag='W/"1"', Last_Modified="Sun, 01 Mar 2026 10:00:00 GMT"
    )
    first = ask("/feed").validators
    server.pages["/feed"] = answer(status="304 Not Modified", kind=None, length=False)
    second = ask("/feed", validators=first)
    assert headers(server.requests[1])["if-none-match"] == 'W/"1"'
    assert headers(server.requests[1])["if-modified-since"] == "Sun, 01 Mar 2026 10:00:00 GMT"
    assert (second.not_modified, second.status, second.content, second.body_hash) == (True, 304, b"", None)
    assert second.validators == first
    server.pages["/feed"] = answer(status="304 Not Modified", kind=None, length=False, ETag='"2"')
    assert ask("/feed", validators=second.validators).validators == Validators('"2"', first.last_modified)


def test_an_unchanged_body_comes_with_new_validators(ask, server):
    server.pages["/feed"] = answer(FEED, kind="text/xml", ETag='"1"')
    first = ask("/feed")
    server.pages["/feed"] = answer(FEED, kind="text/xml", ETag='"2"')
    second = ask("/feed", validators=first.validators)
    assert (second.body_hash, second.validators.etag) == (first.body_hash, '"2"')


def test_validators_are_sent_after_a_redirect(ask, server):
    server.pages |= {"/old": moved("/feed"), "/feed": answer(status="304 Not Modified", kind=None, length=False)}
    assert ask("/old", validators=Validators('"1"')).not_modified
    assert headers(server.requests[1])["if-none-match"] == '"1"'


def test_not_modified_without_a_validator_is_a_failure(ask, server):
    server.pages["/feed"] = answer(status="304 Not Modified", kind=None, length=False)
    assert failure(ask, "/feed").failure == Failure.UNREACHABLE


@pytest.mark.parametrize("etag", ['"a\r\nX-More: yes"', '"ñ"', '"' + "a" * 600 + '"', ""])
def test_an_invalid_validator_is_not_sent(ask, server, etag):
    server.pages["/feed"] = answer(FEED, kind="text/xml")
    ask("/feed", validators=Validators(etag))
    assert "if-none-match" not in headers(server.requests[0])
    assert "x-more" not in headers(server.requests[0])


@pytest.mark.parametrize(
    ("header", "moment"),
    [
        ("120", NOW + timedelta(minutes=2)),
        (" 0 ", NOW),
        ("Sun, 01 Mar 2026 13:30:00 GMT", datetime(2026, 3, 1, 13, 30, tzinfo=UTC)),
        ("Sunday, 01-Mar-26 13:30:00 GMT", datetime(2026, 3, 1, 13, 30, tzinfo=UTC)),
        ("Sun Mar  1 13:30:00 2026", datetime(2026, 3, 1, 13, 30, tzinfo=UTC)),
        ("Sun, 01 Mar 2026 10:30:00 -0300", datetime(2026, 3, 1, 13, 30, tzinfo=UTC)),
        ("Sun, 01 Mar 2020 13:30:00 GMT", NOW),
        ("99999999999", NOW + timedelta(days=30)),
        ("9" * 400, None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", NOW + timedelta(days=30)),
        ("Fri, 31 Dec 9999 23:59:59 -2359", NOW + timedelta(days=30)),
        ("-5", None),
        ("soon", None),
        ("٣", None),
    ],
)
def test_retry_after_is_read_within_limits(ask, server, header, moment):
    server.pages["/page"] = answer(
        b"later", status="503 Service Unavailable", Retry_After=header.encode().decode("latin-1")
    )
    failed = failure(ask, "/page")
    assert (failed.failure, failed.status, failed.retry_after) == (Failure.UNREACHABLE, 503, moment)
    server.pages["/page"] = answer(b"page", Retry_After=header.encode().decode("latin-1"))
    assert ask("/page").retry_after == moment


@pytest.mark.parametrize(
    ("status", "failed_as"),
    [
        ("404 Not Found", Failure.NOT_FOUND),
        ("410 Gone", Failure.GONE),
        ("401 Unauthorized", Failure.BLOCKED),
        ("402 Payment Required", Failure.BLOCKED),
        ("403 Forbidden", Failure.BLOCKED),
        ("429 Too Many Requests", Failure.BLOCKED),
        ("451 Unavailable For Legal Reasons", Failure.BLOCKED),
        ("500 Internal Server Error", Failure.UNREACHABLE),
        ("206 Partial Content", Failure.UNREACHABLE),
        ("300 Multiple Choices", Failure.UNREACHABLE),
        ("302 Found", Failure.UNREACHABLE),
        ("999 No", Failure.UNREACHABLE),
    ],
)
def test_every_error_status_has_its_failure(ask, server, status, failed_as):
    server.pages["/page"] = answer(b"no", status=status)
    failed = failure(ask, "/page")
    assert (failed.failure, failed.status) == (failed_as, int(status[:3]))


def test_a_browser_challenge_counts_as_blocked(ask, server):
    server.pages["/page"] = answer(b"prove it", status="503 Service Unavailable", cf_mitigated="challenge")
    assert failure(ask, "/page").failure == Failure.BLOCKED


def test_a_failure_can_be_pickled():
    failed = pickle.loads(pickle.dumps(Failed(Failure.BLOCKED, "status 429", 429, NOW)))
    assert (failed.failure, failed.status, failed.retry_after, str(failed)) == (
        Failure.BLOCKED,
        429,
        NOW,
        "blocked: status 429",
    )


@pytest.mark.parametrize(
    "kind",
    [
        "text/html", "TEXT/HTML;charset=x", "application/xhtml+xml", "text/xml", "application/xml", "application/rss+xml",
        "application/atom+xml; charset=utf-8", "application/rdf+xml", "text/plain",
    ],
)  # fmt: skip
def test_pages_feeds_and_texts_are_read(ask, server, kind):
    server.pages["/page"] = answer(FEED, kind=kind)
    assert ask("/page").content_type == kind.lower().partition(";")[0]


@pytest.mark.parametrize("kind", ["application/pdf", "application/octet-stream", None])
def test_a_pdf_is_fetched(ask, server, kind):
    server.pages["/page"] = answer(b"%PDF-1.7", kind=kind)
    assert ask("/page").content_type == "application/pdf"


@pytest.mark.parametrize(
    "kind",
    [
        "image/png", "image/svg+xml", "application/json", "text/css", "text/javascript", "video/mp4",
        "application/zip", "multipart/mixed", "html", "application/octet-stream", None,
    ],
)  # fmt: skip
def test_other_types_are_not_read(ask, server, kind):
    server.pages["/page"] = server.drip(b"a", first=answer(b"PK\x03\x04", kind=kind, length=False))
    if kind in (None, "application/octet-stream"):
        server.pages["/page"] = answer(b"PK\x03\x04", kind=kind)
    assert failure(ask, "/page").failure == Failure.WRONG_TYPE


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (FEED, "application/xml"),
        (b"\xef\xbb\xbf\n" + FEED, "application/xml"),
        ("<html>".encode("utf-16"), "text/html"),
        (b"\n<!DOCTYPE html><p>", "text/html"),
    ],
)
@pytest.mark.parametrize(
    "said", [None, "application/octet-stream", "application/x-rss", "text/x-xml", "unknown/unknown"]
)
def test_content_without_a_type_is_recognized_by_its_start(ask, server, content, kind, said):
    server.pages["/page"] = answer(content, kind=said)
    assert ask("/page").content_type == kind


def test_a_json_feed_is_read_and_other_json_is_not(ask, server):
    for kind in ("application/json", "application/feed+json"):
        server.pages["/feed"] = answer(b'\xef\xbb\xbf\n{"items": []}', kind=kind)
        assert ask("/feed").content_type == kind
        server.pages["/feed"] = server.drip(b"1,", first=answer(b"[", kind=kind, length=False))
        assert failure(ask, "/feed").failure == Failure.WRONG_TYPE


@pytest.mark.parametrize("kind", ["application/gzip", "application/x-gzip", "application/rss+xml", None])
def test_a_compressed_file_without_a_header_is_decompressed(ask, server, kind):
    server.pages["/feed"] = answer(gzip.compress(FEED), kind=kind)
    assert ask("/feed").content == FEED
    server.pages["/feed"] = answer(gzip.compress(gzip.compress(FEED)), kind=kind, Content_Encoding="gzip")
    assert ask("/feed").content == FEED
    server.pages["/feed"] = answer(gzip.compress(bytes(1001)), kind=kind)
    assert failure(ask, "/feed", size=1000).failure == Failure.TOO_LARGE


@pytest.mark.parametrize(
    ("kind", "charset"),
    [
        ("text/html; charset=utf-8", "utf-8"), ('text/html; Charset="Windows-1251"', "windows-1251"), ("text/html;charset='x'", "x"),
        ("application/xml; version=1; charset=no-such", "no-such"), ("text/html", ""), ("text/html; charset=", ""),
    ],
)  # fmt: skip
def test_the_charset_is_the_one_that_the_server_declares(ask, server, kind, charset):
    server.pages["/page"] = answer(b"<p>page", kind=kind)
    assert ask("/page").charset == charset


def test_a_compressed_page_is_decompressed(ask, server):
    server.pages["/page"] = answer(gzip.compress(b"<p>page"), Content_Encoding="GZip")
    assert ask("/page").content == b"<p>page"


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/página uno?q=ñ", "/p%C3%A1gina%20uno?q=%C3%B1"),
        ("página".encode("latin-1"), "/a/p%C3%A1gina"),
        ("../up", "/up"),
        ("?page=2", "/a/old?page=2"),
        ("//127.0.0.1:{port}/there", "/there"),
        ("#top", "/a/old?first"),
    ],
)
def test_a_redirect_is_followed_in_every_form(ask, server, location, path):
    server.pages["/a/old"] = moved(
        location.replace("{port}", str(server.port)) if isinstance(location, str) else location
    )
    failure(ask, "/a/old?first")
    assert server.paths[1] == path


def test_an_address_may_have_spaces_capitals_or_international_characters(ask, server):
    server.pages["/p%C3%A1gina%20uno"] = answer(b"page")
    assert ask(f" {server.url}/página uno#top\n").final_url == f"{server.url}/p%C3%A1gina%20uno"


def test_logs_carry_no_query_and_no_cookie(ask, server, caplog):
    caplog.set_level(logging.DEBUG)
    server.pages |= {"/away": moved("/page?token=hush"), "/page": answer(b"page", Set_Cookie="token=hush")}
    ask("/away?token=hush#hush")
    for text in (
        "/nothing?token=hush",
        "http://10.0.0.1/?token=hush",
        "http://a:hush@press.example/?hush",
        "http://[hush?hush",
    ):
        assert "hush" not in f"{failure(ask, text)!r}"
    assert f"Fetched {server.url}/page in" in caplog.text
    assert "hush" not in caplog.text


def test_a_failure_does_not_contain_the_address(ask):
    failed = failure(ask, "http://user:hush@press.example/?hush")
    assert failed.__cause__ is None
    assert failed.__suppress_context__


def test_certificates_are_verified():
    context = _certificates()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


@pytest.mark.skipif(not shutil.which("openssl"), reason="nobody here makes certificates")
def test_no_request_is_sent_to_a_server_with_a_self_signed_certificate(ask, server, tmp_path):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
         "subjectAltName=IP:127.0.0.1", "-keyout", tmp_path / "key", "-out", tmp_path / "certificate"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate", tmp_path / "key")
    serve = server._serve

    def serve_encrypted(connection):
        try:
            encrypted = context.wrap_socket(connection, server_side=True)
        except OSError:
            connection.close()
            return
        serve(encrypted)

    server._serve = serve_encrypted
    server.pages["/page"] = answer(b"page")
    url = f"https://127.0.0.1:{server.port}/page"
    assert failure(ask, url).failure == Failure.UNREACHABLE
    assert server.requests == []
    _certificates().load_verify_locations(tmp_path / "certificate")
    try:
        assert ask(url).content == b"page"
    finally:
        _certificates.cache_clear()
