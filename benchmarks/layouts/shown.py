"""What the pages of walls.py and lists.py share."""

import json
from dataclasses import dataclass

from benchmarks.layouts.markup import each, page
from benchmarks.layouts.stories import Story

ADDRESS = "https://www.elmuelle.example/2026/05/04/huelga-en-el-puerto"


@dataclass(frozen=True)
class Shown:
    """A page and its address."""

    html: str
    url: str = ADDRESS


def linked_data(**fields: object) -> str:
    """Return a script of linked data."""
    return f"<script type=application/ld+json>{json.dumps({'@context': 'https://schema.org', **fields}, ensure_ascii=False)}</script>"


def an_article(story: Story, extra: str = "", *, data: str = "") -> str:
    """Return the page of an article, with something after its text."""
    return page(
        story, f"{data}<main><article><h1>{story.headline}</h1>{each('p', story.paragraphs)}{extra}</article></main>"
    )


def bare(story: Story, body: str, title: str) -> str:
    """Return a page without a menu."""
    return f"<!doctype html><html lang={story.language}><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"
