"""Dates as newspapers write them, in Spanish, English, Portuguese and French."""

import re
from datetime import date

_MONTHS = (
    ("january", "enero", "janeiro", "janvier", "jan"),
    ("february", "febrero", "fevereiro", "février", "feb"),
    ("march", "marzo", "março", "mars", "mar"),
    ("april", "abril", "avril", "apr"),
    ("may", "mayo", "maio", "mai"),
    ("june", "junio", "junho", "juin", "jun"),
    ("july", "julio", "julho", "juillet", "jul"),
    ("august", "agosto", "août", "aug"),
    ("september", "septiembre", "setiembre", "setembro", "septembre", "sept", "sep"),
    ("october", "octubre", "outubro", "octobre", "oct"),
    ("november", "noviembre", "novembro", "novembre", "nov"),
    ("december", "diciembre", "dezembro", "décembre", "dec"),
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = "|".join(sorted(_NUMBER, key=len, reverse=True))
_FORMS = (
    re.compile(
        rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°)?\s+(?:de\s+|of\s+)?(?P<month>{_MONTH})\.?,?\s+"
        r"(?:del?\s+)?(?P<year>\d{4})\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
)


def find_date(text: str) -> date | None:
    """Return the first day that `text` names with its year, or None. Forms that could mean two days are passed over."""
    found = sorted((match for form in _FORMS for match in form.finditer(text)), key=lambda match: match.start())
    for match in found:
        month = match["month"].lower()
        try:
            return date(int(match["year"]), _NUMBER.get(month) or int(month), int(match["day"]))
        except ValueError:
            continue
    return None


def find_month(word: str) -> int | None:
    """Return the number of the month that a word names, or None."""
    return _NUMBER.get(word.lower())


def is_month(word: str) -> bool:
    """Say whether a word is the name of a month."""
    return word.lower() in _NUMBER
