"""Layouts in which the text is only in the JSON of a script, and the markup has at most a lead."""

import json
from collections.abc import Callable
from typing import Any

from benchmarks.layouts.markup import Laid, each, links, page
from benchmarks.layouts.stories import Story


def _with_script(story: Story, script: str, shown: str = "") -> Laid:
    return page(story, f"<div id=__app><h1>{story.headline}</h1>{shown}</div>{script}"), [*story.paragraphs]


def _safe(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")


def _linked_body(story: Story) -> Laid:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "El Muelle", "description": story.more(1)},
            {"@type": "NewsArticle", "headline": story.headline, "articleBody": "\n\n".join(story.paragraphs)},
        ],
    }
    return _with_script(
        story, f"<script type=application/ld+json>{_safe(data)}</script>", f"<p>{story.paragraphs[0]}</p>"
    )


def _linked_body_on_one_line(story: Story) -> Laid:
    data = {"@type": ["NewsArticle"], "headline": story.headline, "articleBody": " ".join(story.paragraphs)}
    return _with_script(story, f"<script type='application/ld+json'>[{_safe(data)}]</script>")


def _props_of_blocks(story: Story) -> Laid:
    blocks = [{"type": "paragraph", "data": {"text": text}} for text in story.paragraphs]
    related = [{"title": story.title(), "summary": story.more(1)} for _ in range(6)]
    data = {
        "props": {"pageProps": {"article": {"title": story.headline, "blocks": blocks}, "related": related}},
        "page": "/n",
    }
    return _with_script(story, f"<script id=__NEXT_DATA__ type=application/json>{_safe(data)}</script>")


def _props_of_markup(story: Story) -> Laid:
    data = {
        "props": {"pageProps": {"post": {"id": 7, "title": story.headline, "content": each("p", story.paragraphs)}}}
    }
    return _with_script(
        story, f"<script id=__NEXT_DATA__ type=application/json>{_safe(data)}</script>", f"<p>{story.more(1)}</p>"
    )


def _state_of_the_window(story: Story) -> Laid:
    data = {"user": None, "menu": story.menu, "note": {"titulo": story.headline, "cuerpo": each("p", story.paragraphs)}}
    return _with_script(story, f"<script>window.__INITIAL_STATE__ = {_safe(data)};</script>")


def _elements_of_content(story: Story) -> Laid:
    elements = [{"type": "text", "_id": f"A{n}", "content": text} for n, text in enumerate(story.paragraphs)]
    elements.insert(2, {"type": "interstitial_link", "_id": "L", "content": story.title()})
    data = {"type": "story", "headlines": {"basic": story.headline}, "content_elements": elements}
    return _with_script(
        story,
        f"<script type=application/javascript>window.Fusion=window.Fusion||{{}};Fusion.globalContent={_safe(data)};Fusion.x={{}};</script>",
    )


def _text_with_its_tree(story: Story) -> Laid:
    tree = [{"type": "p", "children": [{"type": "text", "value": text}]} for text in story.paragraphs]
    data = {
        "data": {"story": {"headline": story.headline, "body": {"type": "root", "children": tree}}},
        "nav": links(story.menu),
    }
    return _with_script(story, f"<script type=application/json data-hypernova-key=x><!--{_safe(data)}--></script>")


def _state_as_a_string(story: Story) -> Laid:
    data = {"entity": {"titulo": story.headline, "body": "".join(f"<p>{text}</p>" for text in story.paragraphs)}}
    return _with_script(
        story, f"<script>window.__STATE__ = JSON.parse({_safe(_safe(data))})</script>", f"<p>{story.paragraphs[0]}</p>"
    )


LAYOUTS: dict[str, Callable[[Story], Laid]] = {
    "body in linked data": _linked_body,
    "body in linked data on one line": _linked_body_on_one_line,
    "props of blocks": _props_of_blocks,
    "props of markup": _props_of_markup,
    "state of the window": _state_of_the_window,
    "elements of content": _elements_of_content,
    "tree of a text": _text_with_its_tree,
    "state as a string": _state_as_a_string,
}
