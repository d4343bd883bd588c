"""The body of an article: the lines of its page that are text."""

from dataclasses import replace

from app.later import lxml_html
from app.reading.asides import says_nothing
from app.reading.choosing import chosen, is_doubtful
from app.reading.completing import completed
from app.reading.lines import Line, count_sentences, lines_from, plain, text_of
from app.reading.markup import is_ordinary
from app.reading.preparing import prepare

_HEADINGS = 5


def body_of(tree: "lxml_html.HtmlElement", headlines: frozenset[str] = frozenset()) -> list[Line]:
    """Return the lines of the body in order; modifies `tree`.

    `headlines` are forms of the headline found elsewhere on the page (see `plain`). A headline repeated above the text
    is removed, and so is the standfirst below it. Raises the exceptions of trafilatura.
    """
    prepare(tree)
    headings = [text_of(heading) for heading in list(tree.iter("h1", "h2"))[:_HEADINGS]]
    lines = _without_glued(_best(tree), headings)
    lines = [line for line in lines if not line.sends_elsewhere and not says_nothing(line.text)]
    return _without_headings_at_the_ends(lines, headlines)


def _best(tree: "lxml_html.HtmlElement") -> list[Line]:
    """Return the fast extraction if it is reliable, else the better of the fast and the slow one, completed."""
    lines = lines_from(tree, fast=True)
    if not is_ordinary(tree):
        return lines
    if is_doubtful(lines, count_sentences(text_of(tree))):
        lines = chosen(lines, lines_from(tree, fast=False))
    return completed(tree, lines)


def _without_glued(lines: list[Line], headings: list[str]) -> list[Line]:
    """Remove a headline that is joined to the first paragraph without a break."""
    for heading in headings:
        if lines and heading and lines[0].text.startswith(heading) and len(lines[0].text) > len(heading):
            first = lines[0].text[len(heading) :]
            if first[0].isupper() or first[0] in '“«"¿¡—':
                return [replace(lines[0], text=first), *lines[1:]]
    return lines


def _without_headings_at_the_ends(lines: list[Line], headlines: frozenset[str]) -> list[Line]:
    top = [line for line in lines[:5] if plain(line.text) not in headlines]
    lines = top + lines[5:]
    while lines and lines[-1].tag == "head":
        lines.pop()
    first = next((position for position, line in enumerate(lines[:3]) if line.tag != "head"), 0)
    return lines[first:]
