"""Sentences that are shown to people but written where no language is known yet, and names as they are compared."""

import re
import unicodedata

LONGEST_WORD = 60
"""Characters of a word that count where words are looked for."""
_WORD = re.compile(r"[^\W_]+")


def N_(sentence: str) -> str:  # noqa: N802 - the name that gettext's extractors know
    """Mark `sentence` for translation and return it as it is."""
    return sentence


def plain(text: str) -> str:
    """Return text without accents, capitals and doubled spaces: `Bogotá` and `BOGOTA ` are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are looked for: letters and digits alone, without accents and capitals."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(plain(text))]


def passage(text: str, words: list[str], length: int = 160) -> str:
    """Return a line of a text around the first of the words, each of which may be a beginning; nothing where none stands there.

    Words are as `words_of` gives them.
    """
    wanted, read = tuple(words), text[:100_000]
    for found in _WORD.finditer(read) if wanted else ():
        folded = found[0].lower() if found[0].isascii() else plain(found[0])
        if folded.startswith(wanted):
            start = max(0, found.start() - length // 2)
            line = " ".join(read[start : start + length].split())
            return f"{'…' if start else ''}{line}{'…' if start + length < len(text) else ''}"
    return ""


def storable(text: str) -> str:
    """Return text as every database can keep it: without NUL and without halves of characters."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")
