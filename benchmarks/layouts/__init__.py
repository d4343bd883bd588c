"""Pages of our own in layouts on which readers of articles fail, with the text that each shall be read as.

A layout belongs whole to one half, by the first byte of the SHA-256 of its name: even, and rules may be tuned on it; odd, and it is
only measured. So what is learnt from a layout never meets that layout again.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.layouts import parted, surrounded
from benchmarks.layouts.stories import story

LAYOUTS = {**surrounded.LAYOUTS, **parted.LAYOUTS}
"""How a story becomes a page and its text, by the layout's name."""

SEEDS = range(3)


@dataclass(frozen=True)
class Made:
    """A page, and the text that people would mark in it."""

    name: str
    html: str
    text: str
    held_out: bool


def is_held_out(name: str) -> bool:
    """Say whether a layout is kept for measuring alone."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def pages() -> Iterator[Made]:
    """Make the pages of all layouts."""
    for name, lay_out in LAYOUTS.items():
        for seed in SEEDS:
            html, paragraphs = lay_out(story(name, seed))
            yield Made(f"{name} {seed}", html, "\n\n".join(paragraphs), is_held_out(name))
