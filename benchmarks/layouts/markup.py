"""Pieces of markup that layouts share."""

from collections.abc import Iterable

from benchmarks.layouts.stories import Story

Laid = tuple[str, list[str]]
"""A page, and the paragraphs of its text."""


def each(tag: str, texts: Iterable[str], attributes: str = "") -> str:
    """Put every text into an element of its own."""
    opening = f"{tag} {attributes}".strip()
    return "\n".join(f"<{opening}>{text}</{tag}>" for text in texts)


def links(texts: Iterable[str], tag: str = "li") -> str:
    """Put every text into a link of its own, within an element."""
    return "\n".join(f"<{tag}><a href='/{number}'>{text}</a></{tag}>" for number, text in enumerate(texts))


def head(story: Story) -> str:
    """Write the head of a page."""
    return f"<head><meta charset=utf-8><title>{story.headline} | El Muelle</title><meta property=og:title content='{story.headline}'></head>"


def page(story: Story, body: str) -> str:
    """Put a body between the menu, the sidebar and the foot that most sites have."""
    skip, plea, cookies, rights = story.lines
    teasers = links(story.title() for _ in range(5))
    return (
        f"<!doctype html><html lang={story.language}>{head(story)}<body><a href='#main'>{skip}</a>"
        f"<header><div class=logo>El Muelle</div><nav><ul>{links(story.menu)}</ul></nav></header>"
        f"{body}<aside class=sidebar><h3>{story.title()}</h3><ul>{teasers}</ul><p>{plea}</p></aside>"
        f"<footer><ul>{links(story.menu[:6])}</ul><p>{rights}</p><p>{cookies}</p></footer></body></html>"
    )


def in_article(story: Story, body: str, paragraphs: Iterable[str]) -> Laid:
    """Put a body into an article with a headline, on a page as most sites have."""
    return page(story, f"<main><article><h1>{story.headline}</h1>{body}</article></main>"), list(paragraphs)
