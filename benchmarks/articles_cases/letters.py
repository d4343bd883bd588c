"""Pages whose bytes, charset labels, size or invisible characters make their letters hard to read, with the expected text.

A case belongs to the unseen half if the SHA-256 of its name begins with an odd byte.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.reading.pages import read_page
from benchmarks import Case
from benchmarks.layouts import is_held_out
from benchmarks.layouts.stories import FRAME, story


@dataclass(frozen=True)
class Letters:
    """The bytes of a page, the charset in its HTTP header, and its paragraphs."""

    html: bytes
    charset: str
    paragraphs: tuple[str, ...]


def _page(paragraphs: tuple[str, ...], *, head: str = "", before: str = "", language: str = "es") -> str:
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    menu = "".join(f"<li><a href='/{one}'>{one}</a></li>" for one in FRAME[language][0].split())
    return f"<!doctype html><html><head>{head}<title>El Muelle</title></head><body><nav><ul>{menu}</ul></nav>{before}<article><h1>Título de la nota</h1>{text}</article></body></html>"


def _text(seed: int, language: str = "es") -> tuple[str, ...]:
    return story("letters", seed, (language,)).paragraphs


def _western(text: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.replace("’", "'").replace("“", '"').replace("”", '"') for one in text)


def _with_marks(text: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"“{one[:-1]}”…" if n % 2 else one.replace(",", " –", 1) for n, one in enumerate(text))


def _stray(byte: bytes, language: str, charset: str, head: str, *, places: int = 1) -> Letters:
    text = _text(3, language)
    html = _page(text, head=head, language=language).encode().replace(b"<li>", b"<li>" + byte, places)
    return Letters(html, charset, text)


def _coded(codec: str, language: str, *, head: str = "", charset: str = "", marks: bool = False) -> Letters:
    text = _western(_text(4, language))
    text = _with_marks(text) if marks else text
    return Letters(_page(text, head=head, language=language).encode(codec, "xmlcharrefreplace"), charset, text)


def _late(codec: str, *, filler: str, meta: str) -> Letters:
    text = _western(_text(5, "pt"))
    return Letters(_page(text, head=filler + meta, language="pt").encode(codec, "xmlcharrefreplace"), "", text)


def _after(size: int, piece: str, ending: str = "", *, language: str = "en") -> Letters:
    text = _text(6, language)
    before = piece * (size // len(piece)) + ending
    return Letters(_page(text, before=before, language=language).encode(), "utf-8", text)


def _hyphenated(sign: str, language: str) -> Letters:
    text = _text(7, language)
    shown = tuple(
        " ".join(word[:4] + sign + word[4:] if len(word) > 7 else word for word in one.split(" ")) for one in text
    )
    return Letters(_page(shown, language=language).encode("utf-8"), "utf-8", text)


def _twice(language: str) -> Letters:
    text = _western(_text(8, language))
    html = _page(text, head="<meta charset=utf-8>", language=language)
    taken = "".join(
        bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in html.encode("utf-8")
    )
    return Letters(taken.encode("utf-8"), "utf-8", text)


_META = "<meta charset={}>"
_HTTP = "<meta http-equiv=Content-Type content='text/html; charset={}'>"
_STYLE = "<style>" + ".a{color:#fff;background:url(x.png)}" * 400 + "</style>"
_DATA_IMAGE = "<img src='data:image/png;base64," + "iVBORw0KGgoAAAANSUhEUg" * 4000 + "'>"

CASES: dict[str, Callable[[], Letters]] = {
    "one stray byte, declared as UTF-8": lambda: _stray(b"\xe9", "es", "utf-8", ""),
    "one stray byte, nothing declared": lambda: _stray(b"\xf3", "es", "", ""),
    "one stray byte, declared as latin-1": lambda: _stray(b"\xe1", "fr", "", _META.format("iso-8859-1")),
    "three stray bytes, meta UTF-8": lambda: _stray(b"\xed", "pt", "", _META.format("utf-8"), places=3),
    "a cut character, declared as UTF-8": lambda: _stray(b"\xc3", "de", "utf-8", ""),
    "a stray byte in a text with one accent": lambda: _stray(b"\xe9", "en", "utf-8", ""),
    "windows-1252 declared as latin-1": lambda: _coded("cp1252", "es", head=_META.format("iso-8859-1"), marks=True),
    "windows-1252 declared as latin-1 in the header": lambda: _coded("cp1252", "fr", charset="iso-8859-1", marks=True),
    "windows-1252 declared as ascii": lambda: _coded("cp1252", "pt", head=_HTTP.format("us-ascii"), marks=True),
    "windows-1252 declared as UTF-8": lambda: _coded("cp1252", "es", head=_META.format("utf-8"), charset="utf-8", marks=True),
    "windows-1252, nothing declared": lambda: _coded("cp1252", "de", marks=True),
    "windows-1252 declared as utf-16": lambda: _coded("cp1252", "it", head=_META.format("utf-16")),
    "latin-9, declared only in the header": lambda: _coded("iso8859-15", "fr", charset="iso-8859-15"),
    "windows-1250, declared only in the header": lambda: _coded("cp1250", "de", charset="windows-1250"),
    "mac-roman, declared only in the header": lambda: _coded("mac-roman", "es", charset="macintosh"),
    "UTF-8 declared as windows-1252 in meta": lambda: _coded("utf-8", "ca", head=_META.format("windows-1252")),
    "UTF-8 declared as latin-1 in the header": lambda: _coded("utf-8", "pt", charset="iso-8859-1"),
    "UTF-16 with a mark, declared as UTF-8": lambda: _coded("utf-16", "es", charset="utf-8"),
    "a meta after 6,000 bytes of style": lambda: _late("cp1250", filler=_STYLE[:6000] + "</style>", meta=_META.format("windows-1252")),
    "a meta after 14,000 bytes of style": lambda: _late("iso8859-15", filler=_STYLE, meta=_HTTP.format("iso-8859-15")),
    "a meta after 5,000 bytes of script": lambda: _late(
        "cp1252", filler="<script>" + "var a=1;" * 620 + "</script>", meta=_META.format("windows-1252")
    ),
    "a meta after 30 metas": lambda: _late(
        "mac-roman", filler="<meta name=keywords content='huelga, puerto, trabajo, sindicato, contrato, salario, jornada, paro, estiba, muelle, barco, mar, salud, pensión, turno'>" * 30,
        meta=_META.format("macintosh"),
    ),
    "two megabytes of script before the text": lambda: _after(2_000_000, "<script>var a = {b: 'c'};</script>"),
    "one script of three megabytes before the text": lambda: _after(
        3_000_000, "<script>" + "var a = '<p>';" * 210_000 + "</script>", language="es"
    ),
    "pictures of three megabytes before the text": lambda: _after(3_000_000, _DATA_IMAGE, language="pt"),
    "style of three megabytes before the text": lambda: _after(3_000_000, _STYLE, language="fr"),
    "drawings of two megabytes before the text": lambda: _after(
        2_400_000, "<svg><path d='" + "M10 10 L20 20 " * 3000 + "'/></svg>", language="de"
    ),
    "soft hyphens": lambda: _hyphenated("\u00ad", "de"),
    "soft hyphens as references": lambda: _hyphenated("&shy;", "es"),
    "zero-width spaces": lambda: _hyphenated("\u200b", "it"),
    "zero-width joiners and marks": lambda: _hyphenated("\u2060", "ca"),
    "breaks that are optional": lambda: _hyphenated("<wbr>", "de"),
    "UTF-8 encoded twice": lambda: _twice("es"),
    "UTF-8 encoded twice, in French": lambda: _twice("fr"),
}  # fmt: skip


def is_read(name: str) -> bool:
    """Return whether every paragraph of a case is read, letter by letter."""
    case = CASES[name]()
    read = read_page(case.html, "https://example.org/nota", case.charset).text
    return all(" ".join(paragraph.split()) in read for paragraph in case.paragraphs)


def cases() -> list[Case]:
    """Count the pages of both halves that are read without a wrong letter."""
    found = []
    for held_out, half in ((False, "tuned on"), (True, "unseen")):
        names = [name for name in CASES if is_held_out(name) == held_out]
        wrong = [name for name in names if not is_read(name)]
        found.append(Case(f"pages with wrong or missing letters, {half}", len(wrong), 0.0, f"of {len(names)}"))
    return found
