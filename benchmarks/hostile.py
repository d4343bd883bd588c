"""Pages, feeds and emails designed to be slow to parse or to break the parser. Each is generated on demand, because some are large."""

import random
from collections.abc import Callable

from app.reading.mail import LARGEST

_TEXT = "<p>" + "The strike goes on and nobody went back to work today. " * 8 + "</p>"


def _noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)  # noqa: S311  not for secrets


PAGES: dict[str, Callable[[], bytes | str]] = {
    "empty": lambda: "",
    "spaces": lambda: " \n" * 100_000,
    "noise": lambda: _noise(500_000),
    "noise in markup": lambda: b"<html><body><p>" + _noise(1_000_000),
    "zeros": lambda: b"<html>\x00<body>\x00" + b"\x00" * 100_000 + _TEXT.encode(),
    "utf-16": lambda: f"<html><body>{_TEXT}</body></html>".encode("utf-16"),
    "wrong charset": lambda: f'<meta charset="martian">{_TEXT} año\xa0'.encode("latin-1"),
    "deep boxes": lambda: "<div>" * 100_000 + _TEXT,
    "many deep boxes": lambda: ("<div>" * 200 + _TEXT + "</div>" * 200) * 300,
    "deep tables": lambda: "<table><tr><td>" * 30_000 + _TEXT,
    "deep lists": lambda: "<article>" + "<ul><li>an item of text" * 12_000,
    "deep quotations": lambda: "<blockquote>" * 20_000 + _TEXT,
    "open paragraphs": lambda: "<p>" * 300_000,
    "open letters": lambda: "<article><b><i>" * 40_000 + "text",
    "many paragraphs": lambda: "<article>" + _TEXT * 4_000,
    "many links": lambda: "<article>" + "<p><a href='/a'>words of a link</a></p>" * 50_000,
    "many breaks": lambda: "<article>" + "a<br/>" * 200_000,
    "many boxes of one class": lambda: "<div class='article-body'><p>some text here</p><p>x</p></div>" * 15_000,
    "a tag of many attributes": lambda: "<div " + " ".join(f"a{number}='x'" for number in range(150_000)) + ">" + _TEXT,
    "a long class": lambda: "<div class='" + "body " * 300_000 + "'>" + _TEXT * 3,
    "one long word": lambda: "<html><body><article><p>" + "a" * 3_000_000,
    "many short words": lambda: "<html><body><article><p>" + "a b. " * 600_000,
    "only commas": lambda: "<p>" + "," * 2_000_000,
    "only brackets": lambda: "<article><p>" + "(" * 1_000_000,
    "only angles": lambda: "<" * 2_000_000,
    "only comments": lambda: "<!--" * 500_000 + _TEXT,
    "deep linked data": lambda: "<script type='application/ld+json'>" + "[" * 200_000 + "</script>" + _TEXT,
    "long linked data": lambda: "<script type='application/ld+json'>," + " " * 390_000 + "x</script>" + _TEXT,
    "many bylines": lambda: "<span class='author byline'>" * 100 + "<a class='author' href=x>By A B</a>" * 60_000,
    "many metas": lambda: "<meta property='og:title' content='a | b'>" * 60_000 + _TEXT,
    "many headlines": lambda: "<h1>abc def</h1>" * 100_000 + _TEXT,
    "a title of bars": lambda: "<title>" + "a | " * 400_000 + "</title>" + _TEXT,
    "many dates": lambda: "<p>" + "2020-01-0x 12/12/20 January " * 60_000,
    "many times": lambda: "<time datetime='2020-01-01'>x</time>" * 50_000 + _TEXT,
    "a label without end": lambda: "<article><p>Read more " + "about " * 100_000 + "</p>" + _TEXT * 5,
    "half a disclaimer, often": lambda: "<article><p>" + ("views " * 93 + ". ") * 3_300,
    "half a byline, often": lambda: "<article><p>" + ("By A and B, C " * 40 + ". ") * 3_300,
    "half a plea, often": lambda: "<article>" + ("<p>" + "get our " * 70 + ".</p>") * 3_300,
    "many credits": lambda: (
        "<article>" + "".join(f"<p>Photo: pickets at the gate {number} / AFP</p>" for number in range(12_000))
    ),
    "references": lambda: "&amp;" * 400_000 + "<p>&#x10ffff;&#0;</p>",
    "large table": lambda: "<article><table>" + "<tr><td>a b c</td><td>d</td></tr>" * 20_000,
}

_ITEM = "<title>Huelga en el puerto</title><link>/2026/huelga</link>"
_PARAGRAPH = "<p>Los estibadores <a href='/x'>abandonaron</a> el <b>trabajo</b></p>"
_ENTRIES: dict[str, Callable[[], str]] = {
    "many small entries": lambda: "".join(f"<item><title>P{n}</title><link>/{n}</link></item>" for n in range(45_000)),
    "entries": lambda: "".join(f"<item>{_ITEM.replace('huelga', str(n))}<guid>{n}</guid><description>{_PARAGRAPH}</description><pubDate>Mon, 05 Jan 2026 23:30:00 -0600</pubDate></item>" for n in range(8_000)),
    "long entries": lambda: f"<item>{_ITEM}<content:encoded><![CDATA[{_PARAGRAPH * 400}]]></content:encoded></item>" * 80,
    "escaped entries": lambda: f"<item>{_ITEM}<description>{_PARAGRAPH.replace('<', '&lt;') * 300}</description></item>" * 80,
    "signs": lambda: "<" * 2_000_000,
    "ampersands": lambda: "<item><title>" + "&" * 2_000_000,
    "open tags": lambda: "<item>" + "<a>" * 700_000,
    "open tags in a text": lambda: "<item><description>" + "<div>" * 400_000,
    "sections": lambda: "<item><title>" + "<![CDATA[" * 250_000,
    "declarations": lambda: "<!ENTITY a 'b'>" * 150_000,
    "quotes": lambda: "<item a='" + "x" * 2_000_000,
    "broken quotes": lambda: '<item a="' * 200_000,
    "attributes": lambda: "<item " + "a='b' " * 350_000 + ">",
    "comments": lambda: "<!--" * 500_000,
    "categories": lambda: f"<item>{_ITEM}" + "<category>a</category>" * 90_000,
    "namespaces": lambda: "<item xmlns:a='b'>" * 120_000,
    "links in a text": lambda: "<item><description>" + "&lt;a href=" * 180_000,
}  # fmt: skip

FEEDS: dict[str, Callable[[], bytes]] = {
    kind: lambda make=make: f"<rss version='2.0'><channel>{make()[:2_000_000]}</channel></rss>".encode()
    for kind, make in _ENTRIES.items()
}

EMAILS: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "no headers": lambda: b"\n\n\n",
    "bytes": lambda: bytes(range(256)) * 20,
    "unknown charset": lambda: b"Content-Type: text/plain; charset=klingon\n\nHola",
    "charset that is no charset": lambda: b"Content-Type: text/plain; charset=base64\n\nHola",
    "charset with NUL": lambda: b'Content-Type: text/plain; charset="a\x00b"\n\nHola',
    "broken base64": lambda: b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n====!!!!A",
    "unknown coding": lambda: b"Content-Type: text/plain\nContent-Transfer-Encoding: x\n\nHola",
    "no boundary": lambda: b"Content-Type: multipart/mixed\n\n--x\n\nHola",
    "empty boundary": lambda: b'Content-Type: multipart/mixed; boundary=""\n\n--\n\nHola',
    "multipart that is text": lambda: (
        b"Content-Type: multipart/alternative; boundary=x\nContent-Transfer-Encoding: base64\n\nHola"
    ),
    "broken words": lambda: b"To: =?utf-8?b?////?= <a@example.org>\nMessage-ID: =?\n\nHola",
    "message-id of brackets": lambda: b"Message-ID: <[\n\nHola",
    "address of brackets": lambda: b"To: a\n\nhttp://[::1 http://[/x http://a.example.org:99999/x",
    "a long header": lambda: b"To: " + b"a@example.org, " * 300_000 + b"\n\nHola",
    "a long type": lambda: b"Content-Type: text/plain" + b"; a=b" * 300_000 + b"\n\nHola",
    "long types": lambda: (
        b"Content-Type: multipart/mixed; boundary=b\n\n"
        + (b"--b\nContent-Type: text/plain" + b"; a=b" * 390 + b"\n\nx\n") * 900
    ),
    "a long disposition": lambda: b"Content-Disposition: inline" + b";\n a=b" * 300_000 + b"\n\nHola",
    "many headers": lambda: b"To: a\n" * 500_000 + b"\nHola",
    "nested": lambda: b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)
    ),
    "nested a little": lambda: (
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(90))
        + b"x\n" * 300_000
    ),
    "many parts": lambda: b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 200_000,
    "messages in messages": lambda: b"Content-Type: message/rfc822\n\n" * 2_000,
    "too large": lambda: b"To: a\n\n" + b"x" * LARGEST,
    "tags": lambda: b"Content-Type: text/html\n\n" + b"<a " * 1_000_000,
    "comments": lambda: b"Content-Type: text/html\n\n" + b"<!--" * 1_000_000,
    "declarations": lambda: b"Content-Type: text/html\n\n" + b"<![" * 1_000_000,
    "brackets": lambda: b"To: a\n\nhttps://a.example.org/" + b")" * 2_000_000,
    "addresses": lambda: b"To: a\n\n" + b"https://a.example.org/unsubscribe " * 100_000,
    "marks": lambda: b"To: a\n\n" + b"> " * 2_000_000 + b"\n" + b"-" * 2_000_000,
    "headers in the text": lambda: b"To: a\n\n" + b"From: a\n" * 500_000,
}

FORWARDS: dict[str, Callable[[], str]] = {
    "senders": lambda: "From: a\nTo: b,\n" * 25_000,
    "dashes": lambda: "- " * 200_000,
    "blocks": lambda: "From: a,\n\n" * 40_000,
    "marks": lambda: "-- Original Message --\n\n" * 16_000,
    "addresses": lambda: "a@b,\n" * 80_000,
    "headers": lambda: "From: a\nTo: b\nCc: c\nSubject: d\n" * 12_000,
}

BYTES: dict[str, Callable[[], bytes]] = {
    piece.decode("latin-1"): lambda piece=piece: piece * (2_000_000 // len(piece))
    for piece in (b"<meta ", b"<!--", b"<meta charset", b"\xe9", b"\xc3\xa9", b"\x00\xff", b"<?xml ")
}
