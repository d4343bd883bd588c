"""Countries: their codes and their names."""

from functools import cache

from babel import Locale

from app.config import MEMBER_LOCALES
from app.text import plain, sort_key

_NONE = frozenset({
    "EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "AC", "CP", "DG", "EA", "IC", "TA",
})  # fmt: skip
"""Codes in the Unicode locale data that are not countries."""
_SHORT = {"usa": "US", "eeuu": "US", "ee uu": "US", "eua": "US", "uk": "GB", "turkey": "TR"}
"""Names that are missing in the locale data."""


@cache
def named(language: str) -> dict[str, str]:
    """Return the countries by code with their names in a language, in its alphabetical order."""
    territories = Locale(language).territories
    listed = [(code, name) for code, name in territories.items() if len(code) == 2 and code.isalpha()]
    listed = [(code, name) for code, name in listed if code not in _NONE]
    return dict(sorted(listed, key=lambda pair: sort_key(pair[1], language=language)))


@cache
def _codes() -> dict[str, str]:
    names = {plain(name): code for one in MEMBER_LOCALES for code, name in named(one).items()}
    return names | {code.lower(): code for one in MEMBER_LOCALES for code in named(one)} | _SHORT


def codes_in(text: str) -> tuple[list[str], list[str]]:
    """Return the countries in a text with commas, by code or name, and the parts that are not countries."""
    typed = [one.strip() for one in text.replace(";", ",").split(",") if one.strip()]
    found = {one: code_of(one) for one in typed}
    return list(dict.fromkeys(filter(None, found.values()))), [one for one, code in found.items() if not code]


@cache
def _spoken() -> tuple[tuple[str, str], ...]:
    """Return each country's code with all its names, folded."""
    names: dict[str, list[str]] = {}
    for language in MEMBER_LOCALES:
        for code, name in named(language).items():
            names.setdefault(code, []).append(plain(name))
    return tuple((code, f" {' '.join(called)}") for code, called in names.items())


def holding(word: str) -> list[str]:
    """Return the codes of the countries that folded text may mean: a code, or the start of a word of a name."""
    begun = f" {word}" if len(word) > 2 else None
    return [code for code, names in _spoken() if code.lower() == word or (begun and begun in names)]


def code_of(text: str) -> str | None:
    """Return the code of the country that text means, by its code or its name in one of the member languages."""
    return _codes().get(plain(text))
