"""The excerpt of an article, for a reader who decides whether to open it."""

from app.reading.structure import Structure, sentences_of

LENGTH = 320
"""Characters that an excerpt aims at: three lines in a letter."""


def excerpt_of(structure: Structure, language: str = "en") -> str:
    """Return the first whole sentences of the text, up to LENGTH characters but at least one."""
    chosen: list[str] = []
    for paragraph in structure.paragraphs:
        for sentence in sentences_of(paragraph, language):
            if chosen and len(" ".join((*chosen, sentence))) > LENGTH:
                return " ".join(chosen)
            chosen.append(sentence)
    return " ".join(chosen)
