"""Markup that several layouts share."""

from collections.abc import Iterable

from benchmarks.layouts.stories import Story

Laid = tuple[str, list[str]]
"""A page, and the paragraphs of its text."""


def each(tag: str, texts: Iterable[str], attributes: str = "") -> str:
    """Wrap each text in an element."""
    opening = f"{tag} {attributes}".strip()
    return "\n".join(f"<{opening}>{text}</{tag}>" for text in texts)


def links(texts: Iterable[str], tag: str = "li") -> str:
    """Wrap each text in a link within an element."""
    return "\n".join(f"<{tag}><a href='/{number}'>{text}</a></{tag}>" for number, text in enumerate(texts))


def head(story: Story) -> str:
    """Return the head of a page."""
    return f"<head><meta charset=utf-8><title>{story.headline} | El Muelle</title><meta property=og:title content='{story.headline}'></head>"


def page(story: Story, body: str) -> str:
    """Return a page with the menu, sidebar and footer of a typical site around the body."""
    skip, plea, cookies, rights = story.lines
    teasers = links(story.title() for _ in range(5))
    return (
        f"<!doctype html><html lang={story.language}>{head(story)}<body><a href='#main'>{skip}</a>"
        f"<header><div class=logo>El Muelle</div><nav><ul>{links(story.menu)}</ul></nav></header>"
        f"{body}<aside class=sidebar><h3>{story.title()}</h3><ul>{teasers}</ul><p>{plea}</p></aside>"
        f"<footer><ul>{links(story.menu[:6])}</ul><p>{rights}</p><p>{cookies}</p></footer></body></html>"
    )


def in_article(story: Story, body: str, paragraphs: Iterable[str]) -> Laid:
    """Return a typical page with the body in an article with a headline."""
    return page(story, f"<main><article><h1>{story.headline}</h1>{body}</article></main>"), list(paragraphs)
