"""What forms of all wings let people choose from, in the reader's language and order."""

from babel import Locale
from flask_babel import get_locale, gettext

from app.config import MEMBER_LOCALES
from app.text import plain


def countries() -> list[tuple[str, str]]:
    """Return the countries by name, and nothing chosen."""
    locale = get_locale()
    territories = locale.territories if locale else {}
    named = [
        (code, name)
        for code, name in territories.items()
        if len(code) == 2
        and code.isalpha()
        and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "AC", "CP", "DG", "EA", "IC", "TA")
    ]
    named.sort(key=lambda pair: _sortable(pair[1]))
    return [("", gettext("– choose –")), *named]


def country_codes(text: str) -> tuple[frozenset[str], list[str]]:
    """Return the countries that a text names with commas between, by code or by name, and what is no country."""
    named: dict[str, str] = {}
    for language in MEMBER_LOCALES:
        territories = Locale(language).territories
        named |= {plain(name): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    named |= {"usa": "US", "eeuu": "US", "ee. uu.": "US", "ee.uu.": "US", "uk": "GB"}
    codes = set(named.values())
    typed = [one.strip() for one in text.replace(";", ",").split(",") if one.strip()]
    found = {one: one.upper() if one.upper() in codes else named.get(plain(one)) for one in typed}
    return frozenset(code for code in found.values() if code), [one for one, code in found.items() if not code]


def _sortable(name: str) -> str:
    plain = name.translate(str.maketrans("ÁÉÍÓÚÅÔÎÇáéíóúåôîç", "AEIOUAOICaeiouaoic"))
    return plain.casefold()
