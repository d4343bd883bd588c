"""Chooses between the two extraction results of trafilatura.

The fast extraction is right on most pages and keeps lists and tables, but sometimes returns a teaser, only the first
part of an article, or the whole page as one block. The slow one uses two more extractors, which drop lists and
sometimes add other articles. The fast result is used unless a comparison of the two says otherwise:

- If one contains the other, the longer one is right if what it adds is mostly text, otherwise wrong. Sentences are text
  up to a label such as "you may also like"; so are items, rows, headings and quotations between shared lines.
- If neither contains the other, the fast result is used if it has at least 60 % as many words in sentences as the slow
  one.
"""

from collections import Counter

from app.reading.asides import is_bare_label
from app.reading.lines import Line, plain

_HELD = 0.8
"""The share of a result's word sequences that the other must have in order to contain it."""

_SAME = 1.15
"""Ratio of words. A result that is not longer than this adds nothing."""

_LEAST = 0.6
"""Ratio of words in sentences to those of the slow result."""

_MOSTLY = 0.4
"""The share of lines that are sentences, from which a result counts as an article."""

_PART = 0.25
"""The share of the page's sentences. A result with fewer may be only the first part of an article."""

_SHORT = 80
"""Words."""

_MOST_WORDS_A_SENTENCE = 45
_LUMP = 150
"""Words. A longer paragraph may be several that lost their separators."""

_FEW_LINES = 4
_AMONG_TEXT = frozenset({"list", "table", "quote", "head", "code"})

Runs = Counter[tuple[str, ...]]


def is_doubtful(fast: list[Line], sentences_on_page: int) -> bool:
    """Return whether to run the slow extraction: the fast one has few sentences, joined paragraphs, or little of the page."""
    sentences = sum(line.sentences for line in fast)
    prose = sum(line.is_prose for line in fast)
    return (
        prose < _MOSTLY * len(fast)
        or sentences < _PART * sentences_on_page
        or any(line.words > 2 * _LUMP for line in fast)
        or _words(fast) < _SHORT
    )


def chosen(fast: list[Line], slow: list[Line]) -> list[Line]:
    """Return the better of two results by the rules above; if one is empty, the other."""
    if not fast or not slow:
        return fast or slow
    runs, others = runs_of(fast), runs_of(slow)
    shared = (runs & others).total()
    if shared >= _HELD * others.total() and shared >= _HELD * runs.total():
        return slow if _is_lump(fast, slow) else fast
    if shared >= _HELD * others.total():
        return fast if _adds_text(fast, slow, others) else slow
    if shared >= _HELD * runs.total():
        return slow if _adds_text(slow, fast, runs) else fast
    return fast if _prose(fast) >= _LEAST * _prose(slow) else slow


def _adds_text(longer: list[Line], shorter: list[Line], runs: Runs) -> bool:
    """Return whether what only the longer result contains is mostly text."""
    if _words(longer) <= _SAME * _words(shorter):
        return False
    shares = [held_share(line, runs) for line in longer]
    held = [place for place, share in enumerate(shares) if share > 1 / 2]
    first, last = (held[0], held[-1]) if held else (0, -1)
    text = other = 0
    for place, (line, share) in enumerate(zip(longer, shares, strict=True)):
        if place > last and is_bare_label(line.text):
            break
        words = round(line.words * (1 - share))
        among = first < place < last and line.tag in _AMONG_TEXT and line.linked < len(line.text) / 2
        if among or (line.is_prose and words <= _MOST_WORDS_A_SENTENCE * _added_sentences(line, share, shorter)):
            text += words
        else:
            other += words
    return text > other


def _added_sentences(line: Line, share: float, shorter: list[Line]) -> int:
    """Return how many sentences of a line are not in the shorter result, even if the line contains all of it."""
    return line.sentences - (sum(one.sentences for one in shorter) if share > 0.1 and line.words > _LUMP else 0)


def _is_lump(fast: list[Line], slow: list[Line]) -> bool:
    """Return whether the fast result joins paragraphs that the slow one keeps apart."""
    longest = max(line.words for line in slow)
    return len(slow) >= _FEW_LINES and max(line.words for line in fast) > 2 * max(_LUMP, longest)


def held_share(line: Line, runs: Runs) -> float:
    """Return the share of a line's word sequences that another result contains."""
    own = runs_of([line])
    return sum(run in runs for run in own) / max(1, len(own))


def runs_of(lines: list[Line]) -> Runs:
    """Return the four-word sequences of lines and their counts."""
    words = [word for line in lines for word in plain(line.text).split()]
    return Counter(tuple(words[place : place + 4]) for place in range(max(1, len(words) - 3)))


def _words(lines: list[Line]) -> int:
    return sum(line.words for line in lines)


def _prose(lines: list[Line]) -> int:
    """Return the number of words in sentences, up to a label that introduces other articles."""
    label = next((place for place, line in enumerate(lines) if is_bare_label(line.text)), len(lines))
    return sum(line.words for line in lines[:label] if line.is_prose)
