"""Prepares a page for extraction: removes text for screen readers only, and unwraps text in elements that are skipped."""

import re
from collections import defaultdict

from app.later import lxml_html
from app.reading.lines import count_sentences, text_of

_HIDDEN = re.compile(
    r"(rollover|tooltip|popover|hover-?card)[\w-]*(block|content|text|body|box|inner)|\bsr-only\b|visually-?hidden|screen-?reader",
    re.IGNORECASE,
)
_LONGEST_NAME = 2_000
"""Characters. Patterns are slow on longer class names, and no page needs them."""

_ENOUGH = 6
"""Sentences. On a page with fewer, half of them means nothing."""

_BODY = re.compile(r"body|content|text|article|story|entry|post|chunk", re.IGNORECASE)
_NOT_BODY = re.compile(r"comment|reply|disqus|teaser|related|promo|card", re.IGNORECASE)
_NOT_TEXT_BY_NAME = ("aside", "form", "footer", "header", "nav", "figure", "dialog", "fieldset", "label")
"""Elements that extractors skip entirely."""

_BLOCKS_IN_FIGURES = ("blockquote", "pre", "p", "table", "ul", "ol", "dl")


def prepare(tree: "lxml_html.HtmlElement") -> None:
    """Modify a tree so that extractors find the visible text."""
    for element in tree.xpath(f"//*[string-length(@class) > {_LONGEST_NAME}]"):
        element.attrib.pop("class")
    _drop_hidden(tree)
    _keep_formulas(tree)
    _open_figures(tree)
    _open_misnamed(tree)
    _drop_other_articles(tree)
    _join_split_bodies(tree)


def _keep_formulas(tree: "lxml_html.HtmlElement") -> None:
    """Keep the visible form of formulas and remove the alternatives."""
    for formula in list(tree.iter("math")):
        for note in list(formula.iter("annotation", "annotation-xml")):
            note.drop_tree()
        formula.tag = "span"


def _open_figures(tree: "lxml_html.HtmlElement") -> None:
    """Replace a figure that contains text besides its caption by a plain container, and remove the caption."""
    for figure in list(tree.iter("figure")):
        for caption in list(figure.iter("figcaption")):
            caption.drop_tree()
        if any(text_of(block) for block in figure.iter(*_BLOCKS_IN_FIGURES)):
            figure.tag = "div"
            figure.attrib.pop("class", None)


def _open_misnamed(tree: "lxml_html.HtmlElement") -> None:
    """Make an element that contains most of the page's sentences a plain container, whatever its name."""
    whole = text_of(tree)
    sentences = count_sentences(whole)
    if sentences < _ENOUGH:
        return
    for element in list(tree.iter(*_NOT_TEXT_BY_NAME)):
        text = text_of(element)
        if len(text) > len(whole) / 4 and count_sentences(text) > sentences / 2:
            element.tag = "div"
            element.attrib.pop("class", None)


def _drop_hidden(tree: "lxml_html.HtmlElement") -> None:
    """Remove tooltips and text for screen readers only from paragraphs."""
    for element in tree.xpath("//p//*[@class]"):
        if _HIDDEN.search(element.get("class")) and element.getparent() is not None:
            element.drop_tree()


def _drop_other_articles(tree: "lxml_html.HtmlElement") -> None:
    """Remove teasers marked as articles, if one article has the headline and at least as much text as all others."""
    articles = list(tree.iter("article"))
    own = [article for article in articles if next(article.iter("h1"), None) is not None]
    if len(own) != 1 or len(articles) == 1:
        return
    inside = {*own[0].iter("article"), *own[0].iterancestors("article")}
    others = [article for article in articles if article not in inside]
    if sum(count_sentences(text_of(one)) for one in others) <= count_sentences(text_of(own[0])):
        for other in others:
            if other.getparent() is not None:
                other.drop_tree()


def _join_split_bodies(tree: "lxml_html.HtmlElement") -> None:
    """Join the paragraphs of a body that advertisements split into several containers of one class."""
    boxes: dict[tuple[str, str], list[lxml_html.HtmlElement]] = defaultdict(list)
    for element in tree.iter("div", "section"):
        name = element.get("class") or ""
        if _BODY.search(name) and not _NOT_BODY.search(name) and len(element.findall("p")) >= 2:
            boxes[str(element.tag), name].append(element)
    for first, *others in boxes.values():
        home = _home(first)
        if not others or home is None or len([*home.iter("h1")]) > 1:
            continue
        for other in others:
            if _home(other) is home and first not in other.iterancestors():
                first.extend(list(other))


def _home(element: "lxml_html.HtmlElement") -> "lxml_html.HtmlElement | None":
    return next(element.iterancestors("article", "main", "body"), None)
