"""Our own pages in layouts that are difficult for text extraction, with the expected text of each.

All pages of a layout belong to the same half, by the first byte of the SHA-256 of its name: even means that rules may be tuned on it,
odd that it is only measured. This way, a rule tuned on a layout is never measured on the same layout.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.layouts import lists, older, parted, scripted, surrounded, systems, walls
from benchmarks.layouts.shown import Shown
from benchmarks.layouts.stories import LANGUAGES, MORE_LANGUAGES, story

FIRST_LAYOUTS = {**surrounded.LAYOUTS, **parted.LAYOUTS}
"""The function that turns a story into a page and its text, by the name of the layout."""
MORE_LAYOUTS = {**systems.LAYOUTS, **older.LAYOUTS, **scripted.LAYOUTS}
"""Layouts of many systems, in seven languages; they were written after the rules for the first ones."""
SETS = {"own": (FIRST_LAYOUTS, LANGUAGES, range(3)), "system-like": (MORE_LAYOUTS, MORE_LANGUAGES, range(7))}
"""Layouts, languages and seeds, by the name of the set."""


@dataclass(frozen=True)
class Made:
    """A page, and its expected text."""

    name: str
    html: str
    text: str
    held_out: bool


def is_held_out(name: str) -> bool:
    """Return whether a layout is only used for measuring."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def pages(chosen: str) -> Iterator[Made]:
    """Generate the pages of a set of layouts."""
    layouts, languages, seeds = SETS[chosen]
    for name, lay_out in layouts.items():
        for seed in seeds:
            html, paragraphs = lay_out(story(name, seed, languages))
            yield Made(f"{name} {seed}", html, "\n\n".join(paragraphs), is_held_out(name))


@dataclass(frozen=True)
class OfKind:
    """A page and what a reader would call it, such as `article`, `paywall` or `front_page`."""

    name: str
    shown: Shown
    kind: str
    held_out: bool


def pages_of_kinds() -> Iterator[OfKind]:
    """Generate pages that are not articles, and articles that look like them, in seven languages."""
    for of_kinds in (walls.LAYOUTS, lists.LAYOUTS):
        for kind, made_by in of_kinds.items():
            for name, show in made_by.items():
                for seed in range(7):
                    yield OfKind(f"{name} {seed}", show(story(name, seed, MORE_LANGUAGES)), kind, is_held_out(name))
