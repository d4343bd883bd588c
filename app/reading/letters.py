"""Repairs the letters of a text that was decoded: invisible characters, and UTF-8 that was encoded twice."""

import re

_INVISIBLE = re.compile(
    "[\u00ad\u2060\ufeff]|(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b"
    r"|&(?:shy|NoBreak|ZeroWidthSpace|#0*(?:173|8203|8288|65279)|#[xX]0*(?:[aA][dD]|200[bB]|2060|[fF][eE][fF]{2}));"
)
"""Soft hyphens, word joiners and zero-width spaces, as characters or references. In scripts without spaces the latter part words."""

_SIGNS = (
    "\u00ad",
    "\u2060",
    "\ufeff",
    "\u200b",
    "&shy;",
    "&NoBreak;",
    "&ZeroWidth",
    "&#0",
    "&#1",
    "&#8",
    "&#6",
    "&#x",
    "&#X",
)
"""One of these is in every text with such a character; looking for them is faster than the pattern."""

_FEWEST_TWICE = 4
_UPPER = {byte: bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in range(0x80, 0x100)}
"""The character for each byte, as browsers decode windows-1252."""
_BYTES = {ord(letter): byte for byte, letter in _UPPER.items()}
_CONTINUED = "".join(re.escape(_UPPER[byte]) for byte in range(0x80, 0xC0))
_FIRST = tuple(_UPPER[byte] for byte in (0xC2, 0xC3, 0xC5, 0xE2))
"""The first of the letters that most characters of Western languages become."""
_TWICE = re.compile(
    f"[{_UPPER[0xC2]}-{_UPPER[0xDF]}][{_CONTINUED}]"
    f"|[{_UPPER[0xE0]}-{_UPPER[0xEF]}][{_CONTINUED}]{{2}}|[{_UPPER[0xF0]}-{_UPPER[0xF4]}][{_CONTINUED}]{{3}}"
)
"""A character of UTF-8, each byte of which was taken for a character of windows-1252."""


def without_invisible(text: str) -> str:
    """Return a text or markup without soft hyphens and other characters that only say where a line may break."""
    return _INVISIBLE.sub("", text) if any(sign in text for sign in _SIGNS) else text


def encoded_once(text: str) -> str:
    """Return a text whose letters were encoded twice, as `Ã©` for `é`, as it was meant; any other text unchanged.

    Such letters are rare by chance, so they have to be at least a few and half of those that are not ASCII.
    """
    if sum(map(text.count, _FIRST)) < _FEWEST_TWICE:
        return text
    found = _TWICE.findall(text)
    others = len(text) - len(text.encode("ascii", "ignore"))
    if len(found) < _FEWEST_TWICE or sum(map(len, found)) < others / 2:
        return text
    return _TWICE.sub(lambda match: _meant(match[0]), text)


def _meant(letters: str) -> str:
    try:
        return bytes(_BYTES[ord(letter)] for letter in letters).decode("utf-8")
    except UnicodeDecodeError:
        return letters
