"""Reads an article from its web page: its text and metadata, separated from everything around it."""

from dataclasses import dataclass
from datetime import date, datetime

from app.later import lxml_html
from app.reading.blocks import Block, BlockKind
from app.reading.body import body_of
from app.reading.choosing import held_share, runs_of
from app.reading.languages import UNKNOWN, language_of
from app.reading.lines import Line, plain
from app.reading.markup import is_ordinary, tree_of, without_code
from app.reading.metadata import Metadata, metadata_of
from app.reading.page_kinds import PageKind, kind_of, outline_of, signs_of
from app.reading.scripted import scripts_of, text_in, words_of
from app.reading.structure import Structure, take_blocks_apart

_MOST_CAPTIONS = 20
_LONGEST_CAPTION = 600
_LEAD = 400
"""Words. A page with more sentences than this has its text in the markup, so its scripts are not read."""
_LITTLE = 100
"""Words. Fewer may be teasers or appeals beside a text that is only in a script."""
_PART = 0.6
"""If the markup has a smaller share of the words than a script, it has only a part of the text."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article as read from its page. Fields without a reliable value are None or empty."""

    url: str
    canonical_url: str
    """The canonical address that the page declares, or `url`."""
    headline: str | None = None
    authors: tuple[str, ...] = ()
    authors_sure: bool = False
    publisher: str | None = None
    date_published: date | datetime | None = None
    """With the publisher's own offset, or only a date; see `day`."""
    description: str | None = None
    """The publisher's own description of the article."""
    language: str = UNKNOWN
    """The language of the text (BCP 47)."""
    structure: Structure | None = None
    """The text, and verbatim what was removed from it; None if the page contains no article."""
    kind: PageKind = PageKind.ARTICLE
    """What the page is; only some kinds are, or have, an article."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of the text."""
        return self.structure.paragraphs if self.structure else ()

    @property
    def text(self) -> str:
        """The text, with paragraphs separated by a blank line; empty if the page contains no article."""
        return self.structure.text if self.structure else ""

    @property
    def day(self) -> date | None:
        """The publication date in the publisher's time zone."""
        return self.date_published.date() if isinstance(self.date_published, datetime) else self.date_published


def read_page(html: bytes | str, url: str, charset: str = "") -> Page:
    """Read an article from its page, in the `charset` that its server declares. Never raises: it may return an empty Page."""
    try:
        tree = tree_of(html, charset)
        return Page(url, url) if tree is None else _read(tree, url)
    except Exception:  # noqa: BLE001  parsers raise many types of exceptions for hostile input
        return Page(url, url)


def _read(tree: "lxml_html.HtmlElement", url: str) -> Page:
    metadata = metadata_of(tree, url)
    signs = signs_of(tree)
    scripts, headlines = scripts_of(tree), frozenset(plain(headline) for headline in metadata.headlines)
    tree = without_code(tree)
    captions = _captions(tree)
    outline = outline_of(tree) if is_ordinary(tree) else None
    lines = _whole(body_of(tree, headlines), scripts, headlines)
    language = language_of(" ".join(line.text for line in lines))
    structure = take_blocks_apart(
        _blocks(lines, captions, metadata), "en" if language == UNKNOWN else language, captions_are_marked=True
    )
    return Page(
        url=url,
        canonical_url=metadata.canonical_url or url,
        headline=metadata.headline,
        authors=metadata.authors,
        authors_sure=metadata.authors_sure,
        publisher=metadata.publisher,
        date_published=metadata.date_published,
        description=metadata.description,
        language=language,
        structure=structure if structure.paragraphs else None,
        kind=PageKind.ARTICLE if outline is None else kind_of(signs, outline, url, lines),
    )


def _whole(lines: list[Line], scripts: list[str], headlines: frozenset[str]) -> list[Line]:
    """Return the lines of the markup, or those of a script if the markup has at most a part of the text."""
    shown = words_of(lines)
    if shown > _LEAD or not scripts:
        return lines
    scripted, is_beside = text_in(scripts, headlines)
    if shown >= _PART * words_of(scripted):
        return lines
    runs = runs_of(scripted)
    held = sum(line.words * held_share(line, runs) for line in lines if line.is_prose)
    return scripted if held > shown / 2 or (is_beside and shown < _LITTLE) else lines


def _blocks(lines: list[Line], captions: list[str], metadata: Metadata) -> list[Block]:
    known = {plain(caption) for caption in captions}
    kinds = {"head": BlockKind.HEADING}
    blocks = [Block(metadata.headline, BlockKind.HEADLINE)] if metadata.headline else []
    blocks += [Block(line.text, kinds.get(line.tag, BlockKind.TEXT)) for line in lines if plain(line.text) not in known]
    return blocks + [Block(caption, BlockKind.CAPTION) for caption in captions]


def _captions(tree: "lxml_html.HtmlElement") -> list[str]:
    """Return the captions of the article's pictures."""
    found = tree.xpath("//article//figcaption | //main//figcaption") or tree.xpath("//figcaption")
    texts = (" ".join(caption.text_content().split()) for caption in found[:_MOST_CAPTIONS])
    return list(dict.fromkeys(text for text in texts if text and len(text) <= _LONGEST_CAPTION))
