"""Pages made to be slow or to break what reads them. Each is made when asked for, because some are large."""

import random
from collections.abc import Callable

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
