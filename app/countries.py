"""Countries: their codes, and what people call them."""

from functools import cache

from babel import Locale

from app.config import MEMBER_LOCALES
from app.text import plain, sort_key

_NONE = frozenset({
    "EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "AC", "CP", "DG", "EA", "IC", "TA",
})  # fmt: skip
"""Codes of the Unicode locale data that stand for no country."""
_SHORT = {"usa": "US", "eeuu": "US", "ee uu": "US", "eua": "US", "uk": "GB", "turkey": "TR"}
"""Names that the locale data lack."""


@cache
def named(language: str) -> dict[str, str]:
    """Return the countries by code with their names in a language, in the order of its alphabet."""
    territories = Locale(language).territories
    listed = [(code, name) for code, name in territories.items() if len(code) == 2 and code.isalpha()]
    listed = [(code, name) for code, name in listed if code not in _NONE]
    return dict(sorted(listed, key=lambda pair: sort_key(pair[1], language=language)))


@cache
def _codes() -> dict[str, str]:
    names = {plain(name): code for one in MEMBER_LOCALES for code, name in named(one).items()}
    return names | {code.lower(): code for code in named(MEMBER_LOCALES[0])} | _SHORT


def code_of(text: str) -> str | None:
    """Return the code of the country that a text names, by its code or in one of the members' languages."""
    return _codes().get(plain(text))
