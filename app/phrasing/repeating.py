"""Repetition in words: "every Monday" gives a rule of iCalendar (RRULE) and the first day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from re import Match

from app.phrasing.days import Days, Reader, nth_weekday
from app.phrasing.patterns import DAYS, compiled
from app.phrasing.times import EVENING, MORNING
from app.phrasing.vocabulary import VOCABULARIES

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_AND = r"(?: ?, ?| (?:and|y|e|et) | ?& ?)"


@dataclass(frozen=True, slots=True)
class FoundRule:
    """Words of a repetition: where they stand, the rule, and the days on which it can begin; none if they do not say."""

    start: int
    end: int
    rule: str
    days: Days
    at: time | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """How a language says that something repeats. Values are alternatives of a regular expression."""

    every: str
    plural: str
    """What stands before a plural that repeats: "los lunes"."""
    other: str
    workdays: str
    mornings: str
    evenings: str
    of_each_month: str
    monthly: tuple[str, ...]
    adverbs: Mapping[str, str]


_WORDS: Mapping[str, _Words] = {
    "en": _Words(
        "every|each", "on", "other|second|2nd", "(?:every|each) (?:weekday|workday|working day)|(?:on )?weekdays",
        "(?:every|each) morning", "(?:every|each) (?:evening|night)", "of (?:every|each|the) month",
        (
            r"(?:on )?(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of|in) (?:every|each) month",
            r"every month on the (?P<day>\d{1,2})(?:st|nd|rd|th)?",
            r"(?:on )?every (?P<day>\d{1,2})(?:st|nd|rd|th)(?: of the month|(?! ?\w))",
        ),
        {"daily": "DAILY", "weekly": "WEEKLY", "monthly": "MONTHLY", "yearly": "YEARLY"},
    ),
    "es": _Words(
        "cada|todos los|todas las", "los", "otro",
        "(?:cada dia|todos los dias|los dias) (?:habil|habiles|laborable|laborables)|de lunes a viernes",
        "cada manana|todas las mananas", "cada noche|todas las noches", "(?:de cada|de todos los|del) (?:mes|meses)",
        (
            r"(?:el )?(?:dia )?(?P<day>\d{1,2}) de (?:cada mes|todos los meses)",
            r"(?:cada mes|todos los meses),? el (?:dia )?(?P<day>\d{1,2})",
            r"(?:cada|todos los) dias? (?P<day>\d{1,2})",
        ),
        {"diariamente": "DAILY", "a diario": "DAILY", "semanalmente": "WEEKLY", "mensualmente": "MONTHLY", "anualmente": "YEARLY"},
    ),
    "pt": _Words(
        "a cada|cada|todas as|todos os|toda|todo", "as|aos|nas|nos", "outra|outro",
        "(?:todo dia util|todos os dias uteis|nos dias uteis)|de segunda a sexta(?:-feira)?",
        "toda manha|todas as manhas", "toda noite|todas as noites", "(?:de cada|de todo|do) mes",
        (
            r"(?:no |todo )?dia (?P<day>\d{1,2}) de (?:cada|todo) mes",
            r"todo mes,? (?:no )?dia (?P<day>\d{1,2})",
            r"(?:todo|cada) dia (?P<day>\d{1,2})",
        ),
        {"diariamente": "DAILY", "semanalmente": "WEEKLY", "mensalmente": "MONTHLY", "anualmente": "YEARLY"},
    ),
    "fr": _Words(
        "chaque|tous les|toutes les", "les", "autre",
        "(?:chaque jour|tous les jours) (?:ouvrable|ouvrables|ouvre|ouvres)|du lundi au vendredi",
        "chaque matin|tous les matins", "chaque soir|tous les soirs", "(?:de chaque|de tous les|du) mois",
        (
            r"(?:le )?(?P<day>\d{1,2})(?:er)? (?:de chaque mois|de tous les mois)",
            r"(?:chaque mois|tous les mois),? le (?P<day>\d{1,2})(?:er)?",
            r"(?:chaque|tous les) (?P<day>\d{1,2})(?:er)? du mois",
        ),
        {"quotidiennement": "DAILY", "mensuellement": "MONTHLY", "annuellement": "YEARLY"},
    ),
}  # fmt: skip


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = _WORDS[language]
    every = f"(?:{words.every})"
    each = rf"(?:{every} )?(?:{{weekday}})"
    listed = rf"(?P<list>(?:{{weekday}})(?:{_AND}(?:(?:{words.plural}) )?{each})*)"
    dates = "|".join(
        re.sub(r"\?P<(\w+)>", rf"?P<\g<1>_{place}>", pattern)
        for place, (name, pattern) in enumerate(DAYS[language])
        if name == "date"
    )
    patterns = [
        ("workdays", words.workdays),
        ("morning", words.mornings),
        ("evening", words.evenings),
        *(("month_day", one) for one in words.monthly),
        (
            "nth",
            (
                rf"(?:on )?(?:the |el |los |na |no |le )?(?P<every>{words.every})?"
                rf" ?(?P<nth>{{nth}}) (?P<weekday>{{weekday}}) (?P<month>{words.of_each_month})"
            ),
        ),
        ("yearly", rf"{every} (?:(?:year|ano|an)s?,? )?(?:on |el |em |no dia |le )?(?:{dates})"),
        ("weekdays", rf"{every} (?:(?P<n>{{n}}|\d{{1,2}}|{words.other}) )?{listed}"),
        ("weekdays", rf"(?:{words.plural}) {listed}"),
        ("unit", rf"{every} (?:(?P<n>{{n}}|\d{{1,3}}|{words.other}) )?(?P<unit>{{unit}})"),
        ("adverb", "(?P<adverb>" + "|".join(words.adverbs) + r")(?=[\s.]*$)"),
    ]
    if language == "fr":
        patterns.insert(0, ("weekdays", r"un (?P<list>{weekday}) sur (?P<n>deux)"))
    if language == "en":
        patterns.append(("weekdays", rf"(?<!\d\s){listed}"))
    vocabulary = VOCABULARIES[language]
    return tuple(
        (kind, compiled(pattern.replace("{{", "{").replace("}}", "}"), vocabulary)) for kind, pattern in patterns
    )


def rule_in(low: str, language: str, reader: Reader, doubtful: bool) -> FoundRule | None:
    """Return the first repetition in a folded text. `doubtful` is whether words that may not be weekdays count as such."""
    for kind, pattern in _patterns(language):
        for match in pattern.finditer(low):
            found = _made(kind, match, language, reader, doubtful)
            if found:
                return found
    return None


def _made(kind: str, match: Match[str], language: str, reader: Reader, doubtful: bool) -> FoundRule | None:
    groups = {name: text for name, text in match.groupdict().items() if text}
    words = _WORDS[language]
    if kind == "workdays":
        ahead = timedelta(days=max(0, 7 - reader.today.weekday()) if reader.today.weekday() > 4 else 0)
        return FoundRule(*match.span(), "FREQ=WEEKLY;BYDAY=" + ",".join(CODES[:5]), (reader.today + ahead,))
    if kind in ("morning", "evening"):
        return FoundRule(*match.span(), "FREQ=DAILY", (reader.today,), MORNING if kind == "morning" else EVENING)
    if kind == "month_day" and 1 <= int(groups["day"]) <= 31:
        days = tuple(day for day in reader.day(groups) if day)
        return FoundRule(*match.span(), f"FREQ=MONTHLY;BYMONTHDAY={int(groups['day'])}", days)
    if kind == "nth" and ("every" in groups or not re.match(r"(?:of the|del|do|du)\b", groups["month"])):
        weekday, nth = reader.words.weekdays[groups["weekday"]], reader.words.nth[groups["nth"]]
        rule = f"FREQ=MONTHLY;BYDAY={nth}{CODES[weekday]}"
        return FoundRule(*match.span(), rule, (nth_weekday(reader.today, weekday, nth),))
    if kind == "yearly":
        days = tuple(
            day for day in reader.dated({name.rpartition("_")[0]: text for name, text in groups.items()}) if day
        )
        return _yearly(match, days) if days else None
    if kind == "weekdays":
        return _weekly(match, groups, reader, doubtful, language)
    if kind == "unit":
        return _by_unit(match, groups, reader)
    return FoundRule(*match.span(), f"FREQ={words.adverbs[groups['adverb']]}", ()) if kind == "adverb" else None


def _yearly(match: Match[str], days: tuple[date, ...]) -> FoundRule:
    rule = f"FREQ=YEARLY;BYMONTH={days[0].month};BYMONTHDAY={days[0].day}"
    return FoundRule(*match.span(), rule, days)


def _weekly(
    match: Match[str], groups: Mapping[str, str], reader: Reader, doubtful: bool, language: str
) -> FoundRule | None:
    known = reader.words.weekdays
    named = re.findall("|".join(sorted(map(re.escape, known), key=len, reverse=True)), groups["list"])
    is_plural = language == "es" or all(one.endswith("days" if language == "en" else "s") for one in named)
    bare = language == "en" and not re.match("every|each", match[0])
    if (bare and not is_plural) or (not doubtful and not reader.words.doubtful.isdisjoint(named)):
        return None
    if match[0].startswith(("les ", "as ", "aos ", "nas ", "nos ", "on ")) and not is_plural:
        return None
    weekdays = sorted({known[one] for one in named})
    interval = _interval(groups, reader)
    days = sorted(reader.coming(one) for one in weekdays)
    first: Days = (days[0],)
    if interval > 1 or (len(days) == 1 and days[0] == reader.today):
        first = (days[0], days[0] + timedelta(days=7))
    elif days[0] == reader.today:
        first = tuple(days[:2])
    rule = "FREQ=WEEKLY" + _every(interval) + ";BYDAY=" + ",".join(CODES[one] for one in weekdays)
    return FoundRule(*match.span(), rule, first)


def _by_unit(match: Match[str], groups: Mapping[str, str], reader: Reader) -> FoundRule | None:
    unit, interval = reader.words.units[groups["unit"]], _interval(groups, reader)
    if unit not in _FREQUENCIES or not interval:
        return None
    days: Days = (reader.today,) if unit == "day" and interval == 1 else ()
    return FoundRule(*match.span(), f"FREQ={_FREQUENCIES[unit]}{_every(interval)}", days)


def _interval(groups: Mapping[str, str], reader: Reader) -> int:
    text = groups.get("n", "1")
    return reader.number(text) if text.isdecimal() or text in reader.words.numbers else 2


def _every(interval: int) -> str:
    return f";INTERVAL={interval}" if interval > 1 else ""
