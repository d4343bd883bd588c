"""Finds the text of an article in the JSON of a page's scripts, for pages whose markup has at most a lead.

A text there is one long string, or a list of blocks: strings, or objects without a title or an address of their own. Of several, the
longest is taken, and one that stands beside the headline of the page before all others.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from app.later import lxml_html
from app.reading.blocks import BlockKind, blocks_of
from app.reading.lines import Line, count_sentences, plain

_MOST_DATA = 1_500_000
"""Characters of all scripts of a page together."""
_MOST_NODES = 20_000
_MOST_VALUES = 12
"""Values in one script."""
_DEPTH = 24
_FEWEST_WORDS = 60
_FEWEST_SENTENCES = 3
_FEWEST_BLOCKS = 3
_BESIDE = 4
"""A text beside the headline counts this many times."""
_OWN_NAMES = frozenset({"title", "headline", "headlines", "url", "href", "slug", "link", "permalink", "canonical_url"})
"""Keys of an object that is an article of its own, such as a teaser, and not a block of a text."""

_ASSIGNED = re.compile(r"=\s*(?=[\[{]\s*[\"\[{])")
_PARSED = re.compile(r"JSON\.parse\(\s*(?=\")")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")


def scripts_of(tree: "lxml_html.HtmlElement") -> list[str]:
    """Return the scripts of a page that may contain text."""
    texts = [script.text for script in tree.iter("script") if script.text and len(script.text) > _FEWEST_WORDS * 5]
    total, kept = 0, []
    for text in texts:
        total += len(text)
        if total <= _MOST_DATA:
            kept.append(text)
    return kept


def text_in(scripts: list[str], headlines: frozenset[str]) -> tuple[list[Line], bool]:
    """Return the lines of the longest text in scripts, or none, and whether it stands beside the headline.

    `headlines` are forms of the page's headline (see `plain`).
    """
    walk = _Walk(headlines)
    for script in scripts:
        for value in islice(_values(script), _MOST_VALUES):
            walk.visit(value, _DEPTH, beside=False)
    return walk.best, walk.is_beside


def words_of(lines: list[Line]) -> int:
    """Return the number of words in lines that are sentences."""
    return sum(line.words for line in lines if line.is_prose)


def _values(script: str) -> Iterator[Any]:
    """Yield the JSON values of a script: the whole of it, those that are assigned, and those in strings that are parsed."""
    bare = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    if bare[:1] in ("{", "["):
        value = _loaded(partial(json.loads, bare, strict=False))
        if value is not None:
            yield value
            return
    decoder = json.JSONDecoder(strict=False)
    place = 0
    for _ in range(_MOST_VALUES):
        starts = [found for found in (_ASSIGNED.search(script, place), _PARSED.search(script, place)) if found]
        if not starts:
            return
        found = min(starts, key=lambda it: it.end())
        value, place = _loaded(partial(decoder.raw_decode, script, found.end())) or (None, found.end())
        if isinstance(value, str):
            value = _loaded(partial(json.loads, value, strict=False))
        if value is not None:
            yield value


def _loaded(load: Callable[[], Any]) -> Any:
    try:
        return load()
    except (ValueError, RecursionError):
        return None


class _Walk:
    """Looks at all values of the scripts, and keeps the best text."""

    def __init__(self, headlines: frozenset[str]) -> None:
        self._headlines = headlines
        self._nodes = 0
        self._score = 0
        self.best: list[Line] = []
        self.is_beside = False

    def visit(self, value: Any, depth: int, *, beside: bool) -> None:
        """Look at a value and what is in it; `beside` if an object around it has the headline."""
        self._nodes += 1
        if depth <= 0 or self._nodes > _MOST_NODES:
            return
        if isinstance(value, str):
            self._offer(_lines(value) if len(value) > _FEWEST_WORDS * 5 else [], beside=beside)
        elif isinstance(value, list):
            self._offer(_blocks(value), beside=beside)
            for item in value:
                self.visit(item, depth - 1, beside=beside)
        elif isinstance(value, dict):
            beside = beside or self._has_headline(value)
            for item in value.values():
                self.visit(item, depth - 1, beside=beside)

    def _has_headline(self, value: dict[str, Any]) -> bool:
        texts = [one for it in value.values() for one in (it.values() if isinstance(it, dict) else (it,))]
        return any(isinstance(text, str) and 10 < len(text) < 300 and plain(text) in self._headlines for text in texts)

    def _offer(self, lines: list[Line], *, beside: bool) -> None:
        words = words_of(lines)
        sentences = sum(line.sentences for line in lines if line.is_prose)
        score = words * (_BESIDE if beside else 1)
        if words >= _FEWEST_WORDS and sentences >= _FEWEST_SENTENCES and score > self._score:
            self._score, self.best, self.is_beside = score, lines, beside


def _lines(text: str) -> list[Line]:
    """Return the lines of a string of markup or plain text, if it has sentences."""
    if count_sentences(_MARKUP.sub(" ", text)) < _FEWEST_SENTENCES:
        return []
    if not _MARKUP.search(text):
        return [Line(" ".join(part.split()), "p") for part in re.split(r"\n+", text) if part.strip()]
    return [Line(block.text, "head" if block.kind is BlockKind.HEADING else "p") for block in blocks_of(text)]


def _blocks(items: list[Any]) -> list[Line]:
    """Return the lines of a list of blocks, or none if it is a list of other things."""
    if len(items) < _FEWEST_BLOCKS:
        return []
    texts = [_text_of(item) for item in items if not _is_of_its_own(item)]
    lines = [
        line for text in texts if text for line in [Line(" ".join(_MARKUP.sub("", text).split()), "p")] if line.text
    ]
    prose = sum(line.is_prose for line in lines)
    return [line for line in lines if line.words >= 3] if prose >= _FEWEST_BLOCKS else []


def _is_of_its_own(item: Any) -> bool:
    return isinstance(item, dict) and any(item.get(name) for name in _OWN_NAMES)


def _text_of(item: Any, depth: int = 6) -> str:
    """Return the strings of a block that are text, joined: those with a space, or of a key that is about text."""
    if isinstance(item, str):
        return item
    if depth <= 0:
        return ""
    if isinstance(item, list):
        return "".join(_text_of(one, depth - 1) for one in item)
    if not isinstance(item, dict):
        return ""
    pieces = [
        _text_of(one, depth - 1)
        for key, one in item.items()
        if isinstance(one, list | dict)
        or (isinstance(one, str) and (key in ("text", "value", "content") or " " in one))
    ]
    return "".join(pieces)
