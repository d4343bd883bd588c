"""Text as patterns read it: in lowercase, without accents, and as long as the original, so that places agree."""

import re
import unicodedata
from collections.abc import Iterable

TAKEN = "\x00"
"""Stands for each character that has been understood."""
_PLAIN = {"’": "'", "‘": "'", "–": "-", "—": "-", "−": "-", "ß": "s"}
_GAPS = re.compile(rf"[\s{TAKEN}]+")
_ENDING_WORD = re.compile(r"[\w'-]+$")


def folded(text: str) -> str:
    """Return a text folded character by character."""
    return "".join(map(_plain, text))


def without(text: str, spans: Iterable[tuple[int, int]], filling: str = TAKEN) -> str:
    """Return a text of the same length in which the spans are filled."""
    for start, end in spans:
        text = text[:start] + filling * (end - start) + text[end:]
    return text


def word_before(low: str, at: int) -> str:
    """Return the word that ends before a place, or what else stands there; empty at the start."""
    left = _GAPS.sub(" ", low[:at]).rstrip()
    found = _ENDING_WORD.search(left)
    return found[0] if found else left[-1:]


def _plain(char: str) -> str:
    if char.isascii():
        return " " if char.isspace() or char == TAKEN else char.lower()
    if char.isspace():
        return " "
    plain = unicodedata.normalize("NFKD", _PLAIN.get(char, char))[0].lower()
    return plain if len(plain) == 1 else char
