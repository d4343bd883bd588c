"""Our own pages in layouts that are difficult for text extraction, with the expected text of each.

All pages of a layout belong to the same half, by the first byte of the SHA-256 of its name: even means that rules may be tuned on it,
odd that it is only measured. This way, a rule tuned on a layout is never measured on the same layout.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.layouts import parted, surrounded
from benchmarks.layouts.stories import story

LAYOUTS = {**surrounded.LAYOUTS, **parted.LAYOUTS}
"""The function that turns a story into a page and its text, by the name of the layout."""

SEEDS = range(3)


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


def pages() -> Iterator[Made]:
    """Generate the pages of all layouts."""
    for name, lay_out in LAYOUTS.items():
        for seed in SEEDS:
            html, paragraphs = lay_out(story(name, seed))
            yield Made(f"{name} {seed}", html, "\n\n".join(paragraphs), is_held_out(name))
