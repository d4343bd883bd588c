"""Splits paragraphs into sentences."""

import re

from app.later import sentencex

_ABBREVIATED = re.compile(
    r"(?:^|[\s(«“\"])(?:[^\W\d_]|(?![aeiouyáéíóúàèìòùâêîôûäëïöüãõ])[^\W\d_][bcdfghjklmnpqrstvwxz]{1,4}"
    r"|mme|mlle|me|profa?|ed|av|avda|art|arts|núm|num|pág|vol|fig|gen|gral|sen|gov|rep|rev|sgto|cap|inc|lic|ing|dra|sra|srta|sig|sta|sto|st|ca|mons"
    r"|nº|n°)\.$",
    re.IGNORECASE,
)
"""An initial, a word without vowels, or a common abbreviation before a name or number, at the end of a sentence."""
_OPENED = re.compile(r"^[\"“«‘'(\[]?[^\W_a-zà-ÿ]")


def sentences_of(text: str, language: str) -> list[str]:
    """Return the sentences of a paragraph; initials and abbreviations do not end a sentence."""
    found: list[str] = []
    for piece in sentencex.segment(language.split("-", maxsplit=1)[0], text):
        sentence = piece.strip()
        if found and _ABBREVIATED.search(found[-1][-12:]) and _OPENED.match(sentence):
            found[-1] += f" {sentence}"
        elif sentence:
            found.append(sentence)
    return found
