"""The fields of an incoming article, read from a page, a feed or pasted text, for a person to confirm."""

from datetime import date
from typing import TypedDict
from urllib.parse import urlsplit

from app.reading.addresses import cleaned, cleaned_text
from app.reading.descriptions import is_cut, without_additions
from app.reading.excerpt import ExcerptSource, excerpt_of, excerpt_with_source
from app.reading.feeds import Entry
from app.reading.languages import UNKNOWN, language_of
from app.reading.letters import encoded_once, without_invisible
from app.reading.page_kinds import NO_ARTICLES, PageKind
from app.reading.pages import read_page
from app.reading.pdf import text_of_pdf
from app.reading.structure import Structure, take_apart

_LONGEST_LINE = 200
_LONGEST_ADDRESS = 2000
_LONGEST_EXCERPT = 1000


class NotAnArticle(Exception):
    """The page is of a kind that is not an article."""

    def __init__(self, kind: PageKind) -> None:
        super().__init__(kind)
        self.kind = kind


class Reading(TypedDict):
    """The fields that were read. Unknown ones are None; headline, excerpt and text may be empty."""

    headline: str
    authors: str | None
    in_language: str
    """A BCP 47 tag; `und` if unknown."""
    publisher: str | None
    date_published: date | None
    url: str | None
    original_publisher: str | None
    original_date: date | None
    republication_notice: str | None
    may_be_republished: bool
    disclaimer: str | None
    captions: str | None
    excerpt: str
    excerpt_source: str
    """A value of ExcerptSource: whether the excerpt is the publisher's own or was taken from the text."""
    text: str
    page_kind: str
    """A value of PageKind; what is not simply an article is told to the person who confirms it."""


def from_text(pasted: str, *, url: str | None = None, language: str | None = None) -> Reading:
    """Read pasted text; `language` is the user's choice, otherwise it is detected."""
    pasted = cleaned_text(without_invisible(encoded_once(pasted)))
    language = language or language_of(pasted)
    parts = take_apart(pasted, "en" if language == UNKNOWN else language)
    return Reading(
        headline=(parts.headline or "")[:_LONGEST_LINE],
        authors=_line(parts.authors),
        in_language=language,
        publisher=_line(parts.publisher),
        date_published=parts.date_published,
        url=cleaned(url) if url else None,
        **_taken_out(parts),
        excerpt=excerpt_of(parts, language)[:_LONGEST_EXCERPT],
        excerpt_source=ExcerptSource.TEXT.value,
        text=parts.text,
        page_kind=PageKind.ARTICLE.value,
    )


def from_page(html: bytes, url: str, *, charset: str = "", language: str | None = None) -> Reading | None:
    """Read the page at `url`, in the `charset` that its server declares; return None if it contains no article.

    Raises NotAnArticle for a page that is known to be something else, such as a front page.
    """
    page = read_page(html, url, charset)
    if page.kind in NO_ARTICLES:
        raise NotAnArticle(page.kind)
    parts = page.structure
    if parts is None:
        return None
    own_address = cleaned(page.canonical_url)
    excerpt = excerpt_with_source(parts, page.language, page.description, page.publisher)
    return Reading(
        headline=(page.headline or parts.headline or "")[:_LONGEST_LINE],
        authors=_line(", ".join(page.authors) or parts.authors),
        in_language=language or page.language,
        publisher=_line(page.publisher or parts.publisher or urlsplit(url).hostname),
        date_published=page.day or parts.date_published,
        url=own_address if len(own_address) <= _LONGEST_ADDRESS else cleaned(url)[:_LONGEST_ADDRESS],
        **_taken_out(parts),
        excerpt=excerpt.text[:_LONGEST_EXCERPT],
        excerpt_source=excerpt.source.value,
        text=page.text,
        page_kind=page.kind.value,
    )


def from_pdf(data: bytes, url: str, *, language: str | None = None) -> Reading | None:
    """Read the PDF at `url`; return None if it has no text, such as one of pictures, or cannot be read within limits."""
    text = text_of_pdf(data)
    if not text:
        return None
    reading = from_text(text, url=url, language=language)
    reading["page_kind"] = PageKind.PDF.value
    return reading


def from_entry(entry: Entry) -> Reading:
    """Return what a feed says about an article, before its page is requested."""
    moment = entry.date_published
    summary = without_additions(entry.summary, entry.language)
    return Reading(
        headline=(entry.headline or "")[:_LONGEST_LINE],
        authors=_line(", ".join(entry.authors)),
        in_language=entry.language,
        publisher=None,
        date_published=None if moment is None else date(moment.year, moment.month, moment.day),
        url=entry.url,
        original_publisher=None,
        original_date=None,
        republication_notice=None,
        may_be_republished=False,
        disclaimer=None,
        captions=None,
        excerpt=summary[:_LONGEST_EXCERPT],
        excerpt_source=(ExcerptSource.TEXT if is_cut(summary) else ExcerptSource.PUBLISHER).value,
        text="",
        page_kind=PageKind.ARTICLE.value,
    )


class _TakenOut(TypedDict):
    original_publisher: str | None
    original_date: date | None
    republication_notice: str | None
    may_be_republished: bool
    disclaimer: str | None
    captions: str | None


def _taken_out(parts: Structure) -> _TakenOut:
    return _TakenOut(
        original_publisher=_line(parts.original_publisher),
        original_date=parts.original_date,
        republication_notice=parts.republication_notice,
        may_be_republished=parts.may_be_republished,
        disclaimer=parts.disclaimer,
        captions="\n".join(parts.captions) or None,
    )


def _line(text: str | None) -> str | None:
    return text[:_LONGEST_LINE] if text else None
