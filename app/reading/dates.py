"""Parses dates as newspapers write them, in Spanish, English, Portuguese, French, German, Italian, Catalan, Dutch and Russian."""

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = (
    ("january", "enero", "janeiro", "janvier", "jan", "januar", "gennaio", "gener", "januari", "января"),
    ("february", "febrero", "fevereiro", "février", "feb", "februar", "febbraio", "febrer", "februari", "февраля"),
    ("march", "marzo", "março", "mars", "mar", "märz", "març", "maart", "марта"),
    ("april", "abril", "avril", "apr", "aprile", "апреля"),
    ("may", "mayo", "maio", "mai", "maggio", "maig", "mei", "мая"),
    ("june", "junio", "junho", "juin", "jun", "juni", "giugno", "juny", "июня"),
    ("july", "julio", "julho", "juillet", "jul", "juli", "luglio", "juliol", "июля"),
    ("august", "agosto", "août", "aug", "agost", "augustus", "августа"),
    (
        "september",
        "septiembre",
        "setiembre",
        "setembro",
        "septembre",
        "sept",
        "sep",
        "settembre",
        "setembre",
        "сентября",
    ),
    ("october", "octubre", "outubro", "octobre", "oct", "oktober", "ottobre", "октября"),
    ("november", "noviembre", "novembro", "novembre", "nov", "ноября"),
    ("december", "diciembre", "dezembro", "décembre", "dec", "dezember", "dicembre", "desembre", "декабря"),
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = "|".join(sorted(_NUMBER, key=len, reverse=True))
_SHORT = (
    "ene janv", "fev fév févr", "", "abr avr", "", "", "jul juil", "ago", "set", "out", "", "dic dez déc",
)  # fmt: skip
_NUMBER_IN_DATE = _NUMBER | {name: number for number, names in enumerate(_SHORT, 1) for name in names.split()}
"""Abbreviations that are also words mean months only within a full date."""

_MONTH_IN_DATE = "|".join(sorted(_NUMBER_IN_DATE, key=len, reverse=True))
_FORMS = (
    re.compile(
        rf"\b(?P<month>{_MONTH_IN_DATE})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?\s+(?:de\s+|of\s+|d['’])?(?P<month>{_MONTH_IN_DATE})\.?,?\s+"
        r"(?:del?\s+)?(?P<year>\d{4})\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
    # a number above twelve must be the day; before dots and dashes the day comes first everywhere
    re.compile(r"\b(?P<day>1[3-9]|[23]\d)[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})\b"),
    re.compile(r"\b(?P<month>\d{1,2})/(?P<day>1[3-9]|[23]\d)/(?P<year>\d{4})\b"),
    re.compile(r"\b(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})\b"),
)
_DAY_FIRST = re.compile(r"\b(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})\b")
_WEEKDAYS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "lunes", "martes", "miércoles",
    "jueves", "viernes", "sábado", "domingo", "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira",
    "sexta-feira", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
})  # fmt: skip
_WEEKDAY = "|".join(sorted(_WEEKDAYS))
_SHORT_FORMS = (
    rf"\d{{1,2}}\s+(?:de\s+)?(?:{_MONTH_IN_DATE})\b\.?,?\s+(?:del?\s+)?\d{{4}}\b",
    rf"\d{{1,2}}(?:st|nd|rd|th|er|º|°)?\.?\s+(?:de\s+|of\s+)?(?:{_MONTH})\b\.?(?:,?\s+(?:del?\s+)?\d{{4}}\b)?",
    rf"(?:{_MONTH})\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}}\b)?",
    rf"(?:{_MONTH})\b\.?,?\s+(?:del?\s+)?\d{{4}}\b",
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:T[\d:.+-]*Z?)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b",
    r"\d{1,2}(?:[:.]\d{2}|h\d{0,2})(?::\d{2})?\s*(?:[ap]\.?m\.?|hrs?\.?|h|uhr)?(?:\s+(?:UTC|GMT|[A-Z]{2}T)\b)?",
)
_IN_A_LINE = re.compile(
    rf"(?:\b(?:on|el|le|em|updated|published|actualizado|publicado|publié|atualizado)\b:?\s+)?(?:(?:(?:(?<=[,|·•–—-] )|(?<=^))|\b(?-i:(?=[a-z])|(?=[MTWFS]\w+day)))"
    rf"(?:{_WEEKDAY}),?\s+)?(?<![\w/])(?:{'|'.join(_SHORT_FORMS)})(?!\w)",
    re.IGNORECASE,
)


def find_date(text: str) -> date | None:
    """Return the first full date in `text`, or None. Ambiguous formats are skipped."""
    return next((day for _, day in dates_in(text)), None)


def dates_in(text: str, *, day_first: bool | None = None) -> Iterator[tuple[int, date]]:
    """Yield the positions of the full dates in `text` and the dates; 3/5/2026 only if it is known that the day is first."""
    forms = (*_FORMS, _DAY_FIRST) if day_first else _FORMS
    found = {match.start(): match for form in reversed(forms) for match in form.finditer(text)}
    for start, match in sorted(found.items()):
        month = match["month"].lower()
        try:
            day = date(int(match["year"]), _NUMBER_IN_DATE.get(month) or int(month), int(match["day"]))
        except ValueError:
            continue
        yield start, day


def without_dates(line: str) -> str:
    """Return a line with a bar in place of each date and time; a month without a number stays, as it may be a name."""
    return _IN_A_LINE.sub(" | ", line)


def is_calendar_word(word: str) -> bool:
    """Return whether a word is a day of the week or a month."""
    return word.casefold().strip(".,") in _WEEKDAYS or is_month(word.strip(".,"))


def find_month(word: str) -> int | None:
    """Return the number of the month that a word means, or None."""
    return _NUMBER.get(word.lower())


def is_month(word: str) -> bool:
    """Return whether a word is the name of a month."""
    return word.lower() in _NUMBER
