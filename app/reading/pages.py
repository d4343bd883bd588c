"""An article read off its web page: what it says, who says it and when, apart from all that stands around it."""

from dataclasses import dataclass
from datetime import date, datetime

from lxml.html import HtmlElement

from app.reading.blocks import Block, BlockKind
from app.reading.body import body_of
from app.reading.languages import UNKNOWN, language_of
from app.reading.lines import Line, plain
from app.reading.markup import tree_of, without_code
from app.reading.metadata import Metadata, metadata_of
from app.reading.structure import Structure, take_blocks_apart

_MOST_CAPTIONS = 20
_LONGEST_CAPTION = 600


@dataclass(frozen=True, slots=True)
class Page:
    """An article as its page shows it. What the page does not say, or says in a way that cannot be trusted, is None or empty."""

    url: str
    canonical_url: str
    """The address that the page calls its own, or `url`."""
    headline: str | None = None
    authors: tuple[str, ...] = ()
    authors_sure: bool = False
    publisher: str | None = None
    date_published: date | datetime | None = None
    """With the publisher's own offset, or a day; see `day`."""
    description: str | None = None
    """The publisher's own words about the article."""
    language: str = UNKNOWN
    """Of the text, BCP 47."""
    structure: Structure | None = None
    """The text, and what was taken out of it word for word; None where the page holds no article."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of the text alone."""
        return self.structure.paragraphs if self.structure else ()

    @property
    def text(self) -> str:
        """The text alone, paragraphs parted by a blank line; empty where the page holds no article."""
        return self.structure.text if self.structure else ""

    @property
    def day(self) -> date | None:
        """The day of publication as the publisher counts days."""
        return self.date_published.date() if isinstance(self.date_published, datetime) else self.date_published


def read_page(html: bytes | str, url: str, charset: str = "") -> Page:
    """Read an article off its page, of whose bytes the server says that they are in `charset`. Never raises: what cannot be read is an empty Page."""
    try:
        tree = tree_of(html, charset)
        return Page(url, url) if tree is None else _read(tree, url)
    except Exception:  # noqa: BLE001  parsers raise many kinds for hostile input, and none of them is news
        return Page(url, url)


def _read(tree: HtmlElement, url: str) -> Page:
    metadata = metadata_of(tree, url)
    tree = without_code(tree)
    captions = _captions(tree)
    lines = body_of(tree, frozenset(plain(headline) for headline in metadata.headlines))
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
    )


def _blocks(lines: list[Line], captions: list[str], metadata: Metadata) -> list[Block]:
    known = {plain(caption) for caption in captions}
    kinds = {"head": BlockKind.HEADING}
    blocks = [Block(metadata.headline, BlockKind.HEADLINE)] if metadata.headline else []
    blocks += [Block(line.text, kinds.get(line.tag, BlockKind.TEXT)) for line in lines if plain(line.text) not in known]
    return blocks + [Block(caption, BlockKind.CAPTION) for caption in captions]


def _captions(tree: HtmlElement) -> list[str]:
    """Return what stands under the pictures of the article."""
    found = tree.xpath("//article//figcaption | //main//figcaption") or tree.xpath("//figcaption")
    texts = (" ".join(caption.text_content().split()) for caption in found[:_MOST_CAPTIONS])
    return list(dict.fromkeys(text for text in texts if text and len(text) <= _LONGEST_CAPTION))
