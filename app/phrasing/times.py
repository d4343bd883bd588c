"""Times of day that a phrase may mean: "at 5" is 17:00, "at 7" may be morning or evening."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time
from functools import cache
from re import Match

from app.phrasing.folding import word_before
from app.phrasing.patterns import NO_MONTH, compiled
from app.phrasing.surroundings import is_function_word
from app.phrasing.vocabulary import VOCABULARIES

MORNING, NOON, AFTERNOON, EVENING, CLOSING = time(9), time(12), time(15), time(20), time(18)
_HOUR = r"(?P<h>[01]?\d|2[0-3])"
_MINUTES = r"(?P<m>[0-5]\d)"
_HALF_DAY = r"(?: ?(?:(?P<am>a\.? ?m\b\.?)|(?P<pm>p\.? ?m\b\.?)))"
_RANGE = re.compile(r"(?<![\d:/.-])(?P<h>\d{1,2})(?::(?P<m>[0-5]\d))? ?h? ?(?:-| (?:to|a|as|y|e|et|and) ) ?$")
_ARTICLES = frozenset({"a", "an", "un", "uno", "um", "uma"})
"""Words for one that would make a time of "at a consulate"."""


@dataclass(frozen=True, slots=True)
class FoundTime:
    """Words that may be a time. `exact` is whether nothing had to be guessed, `certain` whether they can be nothing else.

    `may_count` is whether the number may count what follows: "at 5 consulates".
    """

    start: int
    end: int
    times: tuple[time, ...]
    exact: bool
    certain: bool
    today: bool = False
    may_count: bool = False


@dataclass(frozen=True, slots=True)
class _Clock:
    """How a language tells the time. Each value is an alternative of a regular expression."""

    at: str
    hours: str
    morning: str
    later: str
    halves: str
    quarters: str
    less: str
    parts: Mapping[str, time]
    """Parts of the day in words, and their times."""
    bare: Mapping[str, time]
    """Parts of the day that are a time only next to a day."""
    today: Mapping[str, time]
    """Parts of today."""
    half_first: bool = False
    """Whether a half is said before the hour ("half past five"), not after it."""
    bare_numbers: bool = True
    """Whether "at 5" is a time without a word such as "heures"."""


_CLOCKS: Mapping[str, _Clock] = {
    "en": _Clock(
        "at|by|before|@",
        "o'clock",
        "in the morning",
        "in the afternoon|in the evening|at night",
        "half past",
        "quarter past|a quarter past",
        "quarter to|a quarter to",
        {
            "at noon": NOON, "by noon": NOON, "before noon": NOON, "noon": NOON, "at lunchtime": NOON, "midday": NOON,
            "in the morning": MORNING, "in the afternoon": AFTERNOON, "in the evening": EVENING, "at night": EVENING,
            "first thing": MORNING,
        },
        {"morning": MORNING, "afternoon": AFTERNOON, "evening": EVENING, "night": EVENING, "midday": NOON, "eve": EVENING, "am": MORNING, "pm": AFTERNOON},
        {"this morning": MORNING, "this afternoon": AFTERNOON, "this evening": EVENING, "tonight": EVENING, "tonite": EVENING},
        half_first=True,
    ),
    "es": _Clock(
        "antes de las|antes de la|hasta las|hasta la|desde las|despues de las|a eso de las|hacia las|sobre las|a las|a la|las",
        "horas|hrs|hs|h|en punto",
        "de la manana|de la madrugada|por la manana",
        "de la tarde|de la noche|por la tarde|por la noche",
        "y media",
        "y cuarto",
        "menos cuarto",
        {
            "al mediodia": NOON, "a mediodia": NOON, "antes del mediodia": NOON, "mediodia": NOON,
            "por la manana": MORNING, "en la manana": MORNING, "a la manana": MORNING, "a la tarde": AFTERNOON,
            "a la noche": EVENING, "a primera hora": MORNING, "temprano": MORNING,
            "por la tarde": AFTERNOON, "en la tarde": AFTERNOON, "por la noche": EVENING, "en la noche": EVENING,
            "a ultima hora": CLOSING,
        },
        {"tarde": AFTERNOON, "noche": EVENING, "temprano": MORNING},
        {"esta manana": MORNING, "esta tarde": AFTERNOON, "esta noche": EVENING},
    ),
    "pt": _Clock(
        "antes das|a partir das|depois das|ate as|pelas|la pelas|as",
        "horas|hrs|hs|h|em ponto",
        "da manha|da madrugada",
        "da tarde|da noite",
        "e meia",
        "e quinze",
        "menos quinze",
        {
            "ao meio-dia": NOON, "ao meio dia": NOON, "meio-dia": NOON, "meio dia": NOON, "antes do meio-dia": NOON,
            "de manha": MORNING, "pela manha": MORNING, "bem cedo": MORNING, "a tarde": AFTERNOON, "de tarde": AFTERNOON,
            "a noite": EVENING, "de noite": EVENING,
        },
        {"cedo": MORNING, "tarde": AFTERNOON, "noite": EVENING},
        {"hoje a noite": EVENING, "esta noite": EVENING, "hoje de manha": MORNING, "hoje a tarde": AFTERNOON},
    ),
    "fr": _Clock(
        "a partir de|jusqu'a|d'ici|avant|apres|vers|des|a",
        "heures|heure|h",
        "du matin|le matin",
        "de l'apres-midi|du soir|l'apres-midi|le soir",
        "et demie?",
        "et quart",
        "moins le quart",
        {
            "a midi": NOON, "avant midi": NOON, "d'ici midi": NOON, "dans la matinee": MORNING, "le matin": MORNING,
            "dans l'apres-midi": AFTERNOON, "l'apres-midi": AFTERNOON, "dans la soiree": EVENING, "le soir": EVENING,
            "a midi et demi": time(12, 30), "a midi et quart": time(12, 15),
        },
        {"matin": MORNING, "midi": NOON, "apres-midi": AFTERNOON, "apres midi": AFTERNOON, "aprem": AFTERNOON, "soir": EVENING},
        {"ce matin": MORNING, "cet apres-midi": AFTERNOON, "cet aprem": AFTERNOON, "ce soir": EVENING},
        bare_numbers=False,
    ),
}  # fmt: skip


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    clock, words = _CLOCKS[language], VOCABULARIES[language]
    at, anywhere = f"(?:(?P<at>{clock.at}) )", f"(?:(?P<at>{'|'.join(one.at for one in _CLOCKS.values())}) )"
    of_day = rf"(?: (?:(?P<morning>{clock.morning})|(?P<later>{clock.later})))?"
    half = rf"(?: (?:(?P<half>{clock.halves})|(?P<quarter>{clock.quarters})|(?P<less>{clock.less})))?"
    named = (
        "(?P<named>" + "|".join(word for word, n in words.numbers.items() if n <= 12 and word not in _ARTICLES) + ")"
    )
    number = rf"(?:{_HOUR}|{named})"
    hours = rf"(?: ?(?P<unit>{clock.hours}))"
    patterns = [
        (
            "clock",
            rf"(?:{anywhere}|@ ?)?{_HOUR} ?(?::|h ?){_MINUTES}(?::\d\d)? ?(?:(?:hs|hrs|h)\b)?{_HALF_DAY}?{of_day}",
        ),
        ("clock", rf"{anywhere}?(?P<h>0?\d|1[0-2])(?:[.:]{_MINUTES})?{_HALF_DAY}"),
        ("clock", rf"{at}{_HOUR}\.{_MINUTES}(?![\d.]){of_day}"),
        ("hours", rf"{at}{number}{hours}{'' if clock.half_first else half}{of_day}"),
        ("short", rf"{_HOUR} ?(?:hs|hrs|h){of_day}"),
        ("part", "(?P<part>" + _words(clock.parts) + ")"),
        ("today", "(?P<part>" + _words(clock.today) + ")"),
    ]
    if clock.half_first:
        patterns.append(("clock", rf"{at}?{half.strip('?').replace('(?: ', '(?:', 1)} {number}{of_day}"))
    if clock.bare_numbers:
        patterns.append(("at", rf"{at}{number}{'' if clock.half_first else half}{of_day}{NO_MONTH}"))
    return tuple((kind, compiled(pattern, words)) for kind, pattern in patterns)


@cache
def _bare(language: str) -> re.Pattern[str]:
    return compiled("(?P<part>" + _words(_CLOCKS[language].bare) + ")", VOCABULARIES[language])


def times_in(low: str, language: str) -> list[FoundTime]:
    """Return what may be a time in a folded text, in order, without overlaps."""
    found: list[FoundTime] = []
    for kind, pattern in _patterns(language):
        for match in pattern.finditer(low):
            made = _made(kind, match, language)
            fitting = (one for one in made if all(one.end <= each.start or one.start >= each.end for each in found))
            found += list(fitting)[:1]
    return sorted(found, key=lambda one: one.start)


def part_at(low: str, start: int, language: str) -> FoundTime | None:
    """Return the part of the day that begins at a place next to a day: "Friday morning"."""
    found = _bare(language).match(low, start + len(low[start:]) - len(low[start:].lstrip()))
    return (
        FoundTime(found.start(), found.end(), (_CLOCKS[language].bare[_spaced(found["part"])],), True, True)
        if found
        else None
    )


def _made(kind: str, match: Match[str], language: str) -> list[FoundTime]:
    """Return the time of a match; before it, if the match ends a range such as "9-11am", the choice of both ends."""
    clock, words = _CLOCKS[language], VOCABULARIES[language]
    if kind in ("part", "today"):
        known = clock.parts if kind == "part" else clock.today
        return [FoundTime(*match.span(), (known[_spaced(match["part"])],), True, True, kind == "today")]
    groups = {name: text for name, text in match.groupdict().items() if text}
    hour = int(groups["h"]) if "h" in groups else words.numbers[groups["named"]]
    if hour == 12 and re.search("noche|noite|soir|night", groups.get("later", "")):
        return []
    minute = (
        30 if "half" in groups else 15 if "quarter" in groups else 45 if "less" in groups else int(groups.get("m", 0))
    )
    by_24 = kind in ("hours", "short") or re.search(r"\d ?h", match[0]) is not None
    found = FoundTime(
        *match.span(),
        tuple(time((one - ("less" in groups)) % 24, minute) for one in _told(hour, groups, by_24)),
        exact=hour > 12 or by_24 or not {"am", "pm", "morning", "later"}.isdisjoint(groups),
        certain=kind != "short" or not is_function_word(word_before(match.string, match.start())),
        may_count=kind == "at",
    )
    begins = _RANGE.search(match.string[: match.start()])
    if not begins or int(begins["h"]) > 23:
        return [found]
    first = [time(one, int(begins["m"] or 0)) for one in _told(int(begins["h"]), {**groups, "h": begins["h"]}, by_24)]
    return [replace(found, start=begins.start(), times=(*first, *found.times)), found]


def _told(hour: int, groups: Mapping[str, str], by_24: bool) -> tuple[int, ...]:
    """Return the hours of the day that a number can mean: from 9 to 18 o'clock, or both readings of 7 and 8."""
    if "am" in groups or "morning" in groups:
        return (hour % 12,)
    if "pm" in groups or "later" in groups:
        return (hour % 12 + 12,)
    if hour > 12 or hour == 0 or groups.get("h", "").startswith("0"):
        return (hour,)
    if by_24:
        return (hour, hour + 12) if hour < 6 else (hour,)
    if hour in (7, 8):
        return (hour, hour + 12)
    return (hour + 12,) if hour < 7 else (hour,)


def _words(words: Mapping[str, time]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _spaced(text: str) -> str:
    return " ".join(text.split())
