"""Words of texts, to compare what they are about."""

import re
import unicodedata


def stems_of(text: str) -> list[str]:
    """Return the first letters of the longer words, as an approximation of stems in all languages."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return [word[:6] for word in re.findall(r"\w+", bare) if len(word) > 3 or word.isdigit()]
