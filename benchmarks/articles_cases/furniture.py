"""Lines that are not text, at their places in articles, sentences that look like them, and publishers' descriptions.

A line or description belongs to the unseen half if its SHA-256 begins with an odd byte.
"""

import html
import json
from dataclasses import dataclass
from pathlib import Path

from app.reading.articles import from_page
from app.reading.excerpt import ExcerptSource, excerpt_of
from app.reading.structure import take_apart
from benchmarks import Case
from benchmarks.layouts import is_held_out
from benchmarks.layouts.stories import story

_FOLDER = Path(__file__).resolve().parent
_HALVES = {False: "tuned on", True: "unseen"}


@dataclass(frozen=True)
class Placed:
    """A line at a place in an article; if it is not furniture, it is the first sentence of a paragraph there."""

    language: str
    line: str
    place: str
    """`top`, `middle` or `end`."""
    is_furniture: bool

    @property
    def is_right(self) -> bool:
        """Whether furniture is taken out of text and excerpt, a sentence is kept, and all paragraphs stay."""
        made = story("furniture", len(self.line), (self.language,))
        body = list(made.paragraphs)
        inserted = self.line if self.is_furniture else f"{self.line} {made.more(1)}"
        body.insert({"top": 0, "middle": len(body) // 2, "end": len(body)}[self.place], inserted)
        parts = take_apart("\n\n".join([made.headline, *body]), self.language)
        wanted = made.paragraphs if self.is_furniture else tuple(body)
        return parts.paragraphs == wanted and not (self.is_furniture and self.line in excerpt_of(parts, self.language))


@dataclass(frozen=True)
class Described:
    """The description of an article on a page, and whether it is the publisher's word about it."""

    language: str
    site: str
    description: str
    is_own: bool

    @property
    def is_right(self) -> bool:
        """Whether the excerpt is this description, or sentences of the text."""
        made = story("described", len(self.description), (self.language,))
        text = "".join(f"<p>{one}</p>" for one in made.paragraphs)
        headline = " ".join(self.description.split()[:8]) if self.is_own else made.headline
        page = (
            f"<html><head><meta charset=utf-8><title>{headline}</title><meta property=og:site_name content='{self.site}'>"
            f'<meta name=description content="{html.escape(self.description)}"></head><body><article><h1>{headline}</h1>{text}</article></body></html>'
        )
        reading = from_page(page.encode(), "https://example.org/nota")
        if reading is None:
            return False
        is_own = reading["excerpt_source"] == ExcerptSource.PUBLISHER.value
        return is_own == self.is_own and (reading["excerpt"] == self.description) == self.is_own


def lines() -> list[Placed]:
    """Return all lines."""
    data = json.loads((_FOLDER / "furniture_lines.json").read_text(encoding="utf-8"))
    furniture = [
        Placed(language, line, place, True) for language, it in data.items() for _, place, line in it["furniture"]
    ]
    return furniture + [
        Placed(language, line, place, False) for language, it in data.items() for place, line in it["text"]
    ]


def descriptions() -> list[Described]:
    """Return all descriptions."""
    data = json.loads((_FOLDER / "descriptions.json").read_text(encoding="utf-8"))
    return [
        Described(language, it["site"], description, is_own)
        for language, it in data.items()
        for key, is_own in (("own", True), ("other", False))
        for description in it[key]
    ]


def cases() -> list[Case]:
    """Count what is judged wrongly in both halves."""
    found = []
    for held_out, half in _HALVES.items():
        placed = [one for one in lines() if is_held_out(one.line) == held_out]
        furniture, text = ([one for one in placed if one.is_furniture is kind] for kind in (True, False))
        described = [one for one in descriptions() if is_held_out(one.description) == held_out]
        for name, these, most in (
            ("lines of furniture that stay, or take text along", furniture, 0.07 * len(furniture)),
            ("sentences taken for furniture", text, 0.0),
            ("descriptions wrongly used or not used as the publisher's", described, 0.0),
        ):
            wrong = sum(not one.is_right for one in these)
            found.append(Case(f"{name}, {half}", wrong, most, f"of {len(these)}"))
    return found
