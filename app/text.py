"""Text helpers: marking sentences for translation, normalizing names for search and sorting, ending sentences."""

import re
import unicodedata
from collections.abc import Mapping

LONGEST_WORD = 60
"""The number of characters of a word that are used in a search."""
MOST_WORDS = 12
"""The number of words of a text that are used in a search."""
FEWEST_DIGITS = 6
"""The number of digits from which a text without letters counts as a phone number."""
_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"(?<=\w)[-\u2010-\u2015\u2212'.](?=\w)")
"""A hyphen, an apostrophe or a period inside a word."""
_SPELLED = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y",
    **dict.fromkeys("\u2019\u2018\u201b\u02bc\u02bb\u02b9\u02bd\u02be\u02bf\u00b4\u0060\u2032\uff07\ua78c", "'"),
})  # fmt: skip
"""Letters that Unicode does not decompose, and all the characters that people type for an apostrophe."""
AFTER_N = "n~"
"""Stands for `ñ` in a stored sort key: nothing else in a key sorts after `n` and before `o`."""


def N_(sentence: str) -> str:  # noqa: N802 - the name that gettext's extractors know
    """Mark `sentence` for translation and return it unchanged."""
    return sentence


def NP_(context: str, sentence: str) -> str:  # noqa: N802 - like N_
    """Mark `sentence` for translation where one English sentence needs several; return it with what it is about."""
    return f"{context}\x04{sentence}"


def plain(text: str) -> str:
    """Return the folded letters and digits of a text, with single spaces between: `Łódź` and `LODZ!` become equal.

    Accents and capitals are removed, and letters such as ß, ø and ł are replaced; every other character, including
    hyphens and apostrophes, becomes a space.
    """
    return " ".join(_WORD.findall(_folded(text)))


def words_of(text: str) -> list[str]:
    """Return the search words of a text: those of `plain`, truncated if too long."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(_folded(text))]


def searchable(*names: str | None) -> str:
    """Return names in the form in which a column stores them for search, each once.

    A name with a hyphen, an apostrophe or periods inside is also stored as one word: `O’Higgins` is found by
    `o'higgins` and by `ohiggins`, `C.G.T.` by `cgt`.
    """
    forms: list[str] = []
    for name in names:
        folded = _folded(name or "")
        forms += [plain(folded), plain(_JOINT.sub("", folded))]
    return " ".join(dict.fromkeys(form for form in forms if form))


def sort_key(*parts: str | None, language: str = "es") -> str:
    """Return the sort key of a name: its parts, in order of precedence, compared character by character.

    In Spanish, `ñ` is a separate letter after `n`; in other languages it equals `n`. Stored keys are Spanish ones:
    replacing AFTER_N by `n` converts them for any other language. Empty parts are left out.
    """
    keys = (_in_spanish(part) for part in parts if part)
    key = "\t".join(one for one in keys if one)
    return key if language == "es" else key.replace(AFTER_N, "n")


def contact_key(value: str) -> str:
    """Return the form in which contact details are compared: an address in lowercase, the last nine digits of a number.

    A number is the same with and without a country code, a leading zero, or signs between its digits.
    """
    digits = "".join(char for char in value if char.isdecimal())
    is_number = len(digits) >= FEWEST_DIGITS and not any(char.isalpha() for char in value)
    return digits[-9:] if is_number else " ".join(value.casefold().split())


def passage(text: str, words: list[str], length: int = 160) -> str:
    """Return a line of a text around the first match of the words or word prefixes, or an empty string.

    Words are as returned by `words_of`.
    """
    wanted, read = tuple(words), text[:100_000]
    for found in _WORD.finditer(read) if wanted else ():
        folded = [found[0].lower()] if found[0].isascii() else words_of(found[0])
        if any(one.startswith(wanted) for one in folded):
            start = max(0, found.start() - length // 2)
            line = " ".join(read[start : start + length].split())
            return f"{'…' if start else ''}{line}{'…' if start + length < len(text) else ''}"
    return ""


def storable(text: str) -> str:
    """Return text that every database can store: without NUL and lone surrogates."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def _folded(text: str) -> str:
    """Return text without accents and capitals, with special letters and apostrophes simplified."""
    if text.isascii():
        return text.lower().replace("`", "'")
    small = unicodedata.normalize("NFKD", text.translate(_SPELLED)).casefold().translate(_SPELLED)
    decomposed = unicodedata.normalize("NFKD", small)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _in_spanish(name: str) -> str:
    composed = unicodedata.normalize("NFC", name).casefold()
    pieces = (re.sub(r"[\W_]+", " ", _folded(piece)) for piece in composed.split("ñ"))
    return AFTER_N.join(pieces).strip() or composed.strip()


_STOP_BEHIND = re.compile(r"%\((\w+)\)[sd]\.(?!\.)")
_ENDS_A_SENTENCE = re.compile("[.!?…][\"'”’»]*$")


def ends_a_sentence(text: object) -> bool:
    """Return whether a text ends in a period or another mark that ends a sentence."""
    return _ENDS_A_SENTENCE.search(str(text).rstrip()) is not None


def full_stop(text: str) -> str:
    """Return a text as a sentence: with a period, unless it ends in a mark of its own."""
    text = text.strip()
    return text if not text or ends_a_sentence(text) else text + "."


def with_one_stop(pattern: str, values: Mapping[str, object]) -> str:
    """Return a pattern without the periods after values that end in one themselves, such as `Inc.` or `p. m.`."""
    return _STOP_BEHIND.sub(lambda at: at[0][:-1] if ends_a_sentence(values.get(at[1], "")) else at[0], pattern)
