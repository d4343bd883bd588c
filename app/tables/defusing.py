"""Formula injection: text that spreadsheet programs would compute gets an apostrophe, which reading takes off again."""

import re

_DANGEROUS = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")
"""Excel ignores spaces before a formula, and its Japanese edition also computes full-width signs."""
_SUSPICIOUS = frozenset("'=+-@＝＋－＠")


def defused(text: str) -> str:
    """Return text that no spreadsheet program computes, and that shows all its characters."""
    if text and (text[0] in _SUSPICIOUS or text[0].isspace()) and _DANGEROUS.match(text):
        return f"'{text}"
    return text


def restored(text: str) -> str:
    """Return the text as it was before `defused`."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text
