"""Patterns of days, spans, times and repetitions in each language.

In a pattern, a space stands for any white space, and `{weekday}` and the like for the words of the vocabulary. The name of a
pattern is what `days`, `times` or `repeating` does with what it matches.
"""

import re
from collections.abc import Mapping
from functools import cache

from app.phrasing.vocabulary import VOCABULARIES, Frame, Vocabulary

_ISO = r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"
_NUMERIC = r"(?<![\d/.,:-])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?(?![\d/])"
_DOTTED = r"(?<![\d/.,:-])(?P<day>\d{1,2})([.-])(?P<month>\d{1,2})\2(?P<year>\d{4})"
_COMMON = (("iso", _ISO + r"(?:t(?=\d\d:))?"), ("numeric", _NUMERIC), ("numeric", _DOTTED))

_NOT_WHOLE = r"(?! (?:or|o|ou|habil|laborable|uteis|util|ouvr|antes|before|avant|ago|atras))"
"""After a span: it is neither "a week or two", nor working days, nor before something else."""
_MONTHS = "|".join(sorted({month for words in VOCABULARIES.values() for month in words.months}))
_TOKEN = re.compile(r"[^\W_]+")
_NEED = {
    "weekday": frozenset(
        {"weekday", "this_weekday", "weekday_day", "next", "week_after", "of_next_week", "nth_weekday"}
    ),
    "month": frozenset({"date", "in_month", "before_month", "named_month_end", "days_of_month"}),
    "digit": frozenset({"iso", "numeric", "day", "weekday_day", "days_of_month"}),
}
"""What a text has to contain for a pattern, so that most patterns need not be tried."""
NO_MONTH = rf"(?!(?: (?:of|de|d'))? ?(?:{_MONTHS})\b)"

DAYS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (
        *_COMMON,
        ("span", r"(?:in|within) (?P<n>{n}|half an|\d{1,3}) ?(?P<unit>{unit})(?: time)?{whole}"),
        ("span", r"(?P<n>{n}|\d{1,3}) (?P<unit>{unit}) (?:from now|from today)"),
        ("weeks_from", r"(?P<n>{n}|\d{1,2}) weeks? from (?:(?P<weekday>{weekday})|(?P<relative>{relative}))"),
        ("week_after", r"(?P<weekday>{weekday}) week"),
        ("of_next_week", r"(?P<weekday>{weekday})(?: of)? next week|next week(?: on)? (?P<weekday2>{weekday})"),
        ("next", r"(?:next|nxt) (?P<weekday>{weekday})"),
        ("next_week", r"(?:early |sometime )?next week"),
        ("this_week", r"(?:later )?this week|(?:by )?(?:the )?end of (?:the|this) week|eow"),
        ("weekend", r"(?:this|the|on the|over the|at the)? ?(?:week-?end|wkend|wknd)"),
        ("next_weekend", r"next (?:week-?end|wkend|wknd)"),
        ("month_end", r"(?:(?:by|at|before) )?(?:the )?(?:end of|last day of) (?:the|this) month|eom"),
        ("next_month_end", r"(?:(?:by|at|before) )?(?:the )?end of next month"),
        ("named_month_end", r"(?:(?:by|at|before) )?(?:the )?(?:end of|late) (?P<month>{month})(?: (?P<year>\d{4}))?"),
        ("year_end", r"(?:(?:by|at|before) )?(?:the )?end of (?:the|this) year"),
        ("next_month", r"next month"),
        ("nth_weekday", r"(?:the )?(?P<nth>{nth}) (?P<weekday>{weekday}) of (?:(?:the|this) month|(?P<month>{month}))"),
        ("days_of_month", r"(?P<month>{month})\.? (?P<day>\d{1,2}) ?(?:-|to|and|or) ?(?P<last>\d{1,2})"),
        ("days_of_month", r"(?P<day>\d{1,2}) ?(?:-|to|and|or) ?(?P<last>\d{1,2}) (?P<month>{month})"),
        ("date", r"(?P<month>{month})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>\d{4}))?"),
        (
            "date",
            r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>{month})\b\.?(?:,? (?P<year>\d{4}))?",
        ),
        ("date", r"(?:the )?(?P<first>first) of (?P<month>{month})"),
        ("in_month", r"(?:in|by|during) (?P<month>{month})(?: (?P<year>\d{4}))?"),
        ("before_month", r"before (?P<month>{month})"),
        ("relative", r"(?P<relative>{relative})"),
        ("weekday_day", r"(?P<weekday>{weekday})\.?,? (?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?"),
        ("this_weekday", r"(?:this|this coming) (?P<weekday>{weekday})"),
        ("weekday", r"(?P<weekday>{weekday})\b(?P<dot>\.?)"),
        ("day", r"(?:the )(?P<day>\d{1,2})(?:st|nd|rd|th){no_month}"),
        ("day", r"by the (?P<day>\d{1,2}){no_month}"),
    ),
    "es": (
        *_COMMON,
        ("span", r"(?:dentro de|en|de aqui a) (?P<n>{n}|media|\d{1,3}) ?(?P<unit>{unit}){whole}"),
        ("week_after", r"(?:el |de )?(?P<weekday>{weekday}) en (?:ocho|(?P<n>quince))(?: dias)?"),
        ("weeks_from", r"(?P<n>{n}|\d{1,2}) semanas? (?:despues d|a partir d)el (?P<weekday>{weekday})"),
        (
            "of_next_week",
            (
                r"(?P<weekday>{weekday}) de la (?:semana (?:que|q) viene|semana proxima|proxima semana)"
                r"|(?:la )?(?:semana (?:que|q) viene|semana proxima|proxima semana),? (?:el )?(?P<weekday2>{weekday})"
            ),
        ),
        ("next", r"(?:proximo|proxima|prox\.?) (?P<weekday>{weekday})"),
        ("next", r"(?P<weekday>{weekday}) (?:(?:que|q) viene|proximo|prox|que entra)"),
        (
            "next_week",
            r"(?:para |en )?(?:la )?(?:semana (?:que|q) viene|semana proxima|proxima semana|semana que entra)",
        ),
        ("this_week", r"(?:en |durante )?esta semana|(?:a |al )?(?:final|fines|fin) de (?:la|esta) semana"),
        ("weekend", r"(?:para |en )?(?:el |este )?(?:fin de semana|finde)"),
        (
            "next_weekend",
            r"(?:el )?(?:proximo (?:fin de semana|finde)|(?:fin de semana|finde) (?:(?:que|q) viene|proximo))",
        ),
        (
            "next_month_end",
            r"(?:a |al |para )?(?:final|finales|fines|fin) (?:de|del) (?:mes (?:que|q) viene|proximo mes)",
        ),
        ("month_end", r"(?:antes de |a |al |para |hasta )?(?:final|finales|fines|fin) (?:de|del|de este) mes"),
        (
            "named_month_end",
            r"(?:antes de |a |al |para |hasta )?(?:final|finales|fines|fin) de (?P<month>{month})(?: de (?P<year>\d{4}))?",
        ),
        ("year_end", r"(?:antes de |a |al |para )?(?:final|finales|fines|fin) (?:de|del|de este) ano"),
        ("next_month", r"(?:para |en )?(?:el )?(?:mes (?:que|q) viene|proximo mes|mes proximo|mes entrante)"),
        ("nth_weekday", r"(?P<nth>{nth}) (?P<weekday>{weekday}) (?:(?:del|de este) mes|de (?P<month>{month}))"),
        (
            "days_of_month",
            r"(?:del |entre el )?(?P<day>\d{1,2}) ?(?:-|al|a|y|y el|o|o el) ?(?P<last>\d{1,2}) (?:de )?(?P<month>{month})",
        ),
        (
            "date",
            r"(?P<day>\d{1,2})(?:o|ro|er)?(?: de)? (?P<month>{month})\b\.?(?: (?:de |del )?(?P<year>\d{4}))?",
        ),
        ("date", r"(?P<first>primero) de (?P<month>{month})"),
        ("in_month", r"(?:en|para|durante) (?:el mes de )?(?P<month>{month})(?: de (?P<year>\d{4}))?"),
        ("before_month", r"antes de (?P<month>{month})"),
        ("relative", r"(?P<relative>{relative})"),
        ("weekday_day", r"(?P<weekday>{weekday})\b\.?,? (?P<day>\d{1,2})"),
        ("this_weekday", r"este (?P<weekday>{weekday})"),
        ("weekday", r"(?P<weekday>{weekday})\b(?P<dot>\.?)"),
        ("day", r"(?:el |el dia |dia |al )(?P<day>\d{1,2}){no_month}"),
    ),
    "pt": (
        *_COMMON,
        ("span", r"(?:daqui a|dentro de|em) (?P<n>{n}|meia|\d{1,3}) ?(?P<unit>{unit}){whole}"),
        ("weeks_from", r"(?P<n>{n}|\d{1,2}) semanas? (?:depois de|a partir de) (?P<weekday>{weekday})"),
        (
            "of_next_week",
            (
                r"(?P<weekday>{weekday}) da (?:semana (?:que|q) vem|proxima semana)"
                r"|(?:na )?(?:semana (?:que|q) vem|proxima semana),? (?:na )?(?P<weekday2>{weekday})"
            ),
        ),
        ("next", r"(?:proxima|proximo|prox\.?) (?P<weekday>{weekday})"),
        ("next", r"(?P<weekday>{weekday}) (?:(?:que|q) vem|proxima|proximo|prox)"),
        ("next_week", r"(?:na |para a )?(?:semana (?:que|q) vem|proxima semana|semana proxima)"),
        ("this_week", r"(?:nesta|essa|esta|nessa) semana|(?:no |ao )?(?:final|fim) (?:da|desta) semana"),
        ("weekend", r"(?:no |neste |este |nesse )?(?:fim de semana|final de semana|fds)"),
        ("next_weekend", r"(?:no )?(?:proximo (?:fim|final) de semana|(?:fim|final) de semana (?:que|q) vem)"),
        ("next_month_end", r"(?:no |ao |ate o )?(?:final|fim) do (?:mes (?:que|q) vem|proximo mes)"),
        ("month_end", r"(?:no |ao |ate o |antes do )?(?:final|fim) (?:do|deste|de) mes"),
        (
            "named_month_end",
            r"(?:no |ao |ate o |antes do )?(?:final|fim) de (?P<month>{month})(?: de (?P<year>\d{4}))?",
        ),
        ("year_end", r"(?:no |ao |ate o |antes do )?(?:final|fim) (?:do|deste|de) ano"),
        ("next_month", r"(?:no |para o )?(?:mes (?:que|q) vem|proximo mes)"),
        (
            "nth_weekday",
            r"(?:na |no )?(?P<nth>{nth}) (?P<weekday>{weekday}) (?:(?:do|deste) mes|de (?P<month>{month}))",
        ),
        (
            "days_of_month",
            r"(?:de |entre )?(?P<day>\d{1,2}) ?(?:-|a|e|ou) ?(?P<last>\d{1,2}) (?:de )?(?P<month>{month})",
        ),
        ("date", r"(?P<day>\d{1,2})o?(?: de)? (?P<month>{month})\b\.?(?: (?:de )?(?P<year>\d{4}))?"),
        ("date", r"(?P<first>primeiro) de (?P<month>{month})"),
        ("in_month", r"(?:em|para|durante) (?P<month>{month})(?: de (?P<year>\d{4}))?"),
        ("before_month", r"antes de (?P<month>{month})"),
        ("relative", r"(?P<relative>{relative})"),
        ("weekday_day", r"(?P<weekday>{weekday})\b\.?,? (?:dia )?(?P<day>\d{1,2})"),
        ("this_weekday", r"(?:nesta|esta|neste|este|nessa|essa) (?P<weekday>{weekday})"),
        ("weekday", r"(?P<weekday>{weekday})\b(?P<dot>\.?)"),
        ("day", r"(?:no |ate )?dia (?P<day>\d{1,2}){no_month}"),
    ),
    "fr": (
        *_COMMON,
        ("span", r"(?:dans|sous|d'ici) (?P<n>{n}|une demi|une demie|\d{1,3})(?: ?|-)(?P<unit>{unit}){whole}"),
        ("week_after", r"(?P<weekday>{weekday}) en (?:huit|(?P<n>quinze))"),
        (
            "of_next_week",
            r"(?P<weekday>{weekday}) (?:de )?la semaine prochaine|(?:la )?semaine prochaine,? (?P<weekday2>{weekday})",
        ),
        ("next", r"(?P<weekday>{weekday}) (?:prochain|proch|qui vient)"),
        ("next", r"prochain (?P<weekday>{weekday})"),
        ("next_week", r"(?:pour )?(?:la )?semaine prochaine|(?:la )?semaine qui vient"),
        ("this_week", r"cette semaine|(?:a la |en )?fin de (?:la |cette )?semaine"),
        ("weekend", r"(?:ce |le |pour le )?week-? ?end"),
        ("next_weekend", r"(?:le )?week-? ?end prochain"),
        ("next_month_end", r"(?:a la |d'ici la |avant la )?fin du mois prochain"),
        ("month_end", r"(?:a la |d'ici la |avant la |en )?fin (?:du|de ce|de) mois"),
        (
            "named_month_end",
            r"(?:a la |d'ici la |avant la |d'ici )?fin (?:de |d')?(?P<month>{month})(?: (?P<year>\d{4}))?",
        ),
        ("year_end", r"(?:a la |d'ici la |avant la |en )?fin (?:de l'|d')annee"),
        ("next_month", r"(?:pour )?(?:le )?mois prochain"),
        (
            "nth_weekday",
            r"(?:le )?(?P<nth>{nth}) (?P<weekday>{weekday}) (?:(?:du|de ce) mois|(?:de |d')(?P<month>{month}))",
        ),
        (
            "days_of_month",
            r"(?:du |entre le )?(?P<day>\d{1,2}) ?(?:-|au|et|et le|ou|ou le) ?(?P<last>\d{1,2}) (?P<month>{month})",
        ),
        ("date", r"(?P<day>\d{1,2})(?:er)? (?P<month>{month})\b\.?(?: (?P<year>\d{4}))?"),
        ("date", r"(?P<first>premier) (?P<month>{month})"),
        ("in_month", r"(?:en|pour|courant) (?P<month>{month})(?: (?P<year>\d{4}))?"),
        ("before_month", r"avant (?P<month>{month})"),
        ("relative", r"(?P<relative>{relative})"),
        ("weekday_day", r"(?P<weekday>{weekday})\b\.?,? (?:le )?(?P<day>\d{1,2})"),
        ("this_weekday", r"ce (?P<weekday>{weekday})"),
        ("weekday", r"(?P<weekday>{weekday})\b(?P<dot>\.?)"),
        ("day", r"le (?P<day>\d{1,2}){no_month}"),
    ),
}


def compiled(pattern: str, words: Vocabulary) -> re.Pattern[str]:
    """Return a pattern with the words of a vocabulary, which matches whole words only."""
    filled = pattern
    for name, listed in _alternatives(words):
        filled = filled.replace("{" + name + "}", listed)
    return re.compile(rf"(?<![\w@#])(?:{filled})(?!\w)(?!-[a-z])".replace(" ", r"\s+").replace(r"\s+?", r"\s*"))


def days_of(language: str, low: str) -> list[tuple[str, re.Pattern[str]]]:
    """Return the patterns of days in a language that a folded text has words for, with their names, in their order."""
    typed = set(_TOKEN.findall(low))
    has = {
        "weekday": not typed.isdisjoint(_first_words(language, "weekday")),
        "month": not typed.isdisjoint(_first_words(language, "month")),
        "digit": any(map(str.isdecimal, low)),
    }
    return [(name, pattern) for name, pattern, needs in _days(language) if all(has[one] for one in needs)]


@cache
def _days(language: str) -> tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]:
    """Return the patterns of days, and what a text has to contain for each."""
    found = []
    for name, pattern in DAYS[language]:
        needs = [one for one in ("weekday", "month") if f"{{{one}}}" in pattern and name in _NEED[one]]
        needs += ["digit"] if name in _NEED["digit"] else []
        found.append((name, compiled(pattern, VOCABULARIES[language]), tuple(needs)))
    return tuple(found)


@cache
def _first_words(language: str, kind: str) -> frozenset[str]:
    words = VOCABULARIES[language].weekdays if kind == "weekday" else VOCABULARIES[language].months
    return frozenset(_TOKEN.findall(word)[0] for word in words)


@cache
def frames_of(language: str) -> tuple[tuple[Frame, re.Pattern[str]], ...]:
    """Return what may stand before a day in a language: patterns that end where the day begins."""
    words = VOCABULARIES[language]
    units = _any(words.units)
    count = rf"(?:(?P<n>{_any(words.numbers)}|\d{{1,3}})\s+(?P<unit>{units})\s+)?"
    return tuple(
        (
            frame,
            re.compile(
                rf"(?<![\w'])(?:{count if frame in (Frame.BEFORE, Frame.AFTER) else ''}"
                rf"(?:{listed.replace(' ', chr(92) + 's+')}))(?:\s+|(?<=')\s*)$"
            ),
        )
        for frame, listed in words.frames.items()
    )


def _alternatives(words: Vocabulary) -> tuple[tuple[str, str], ...]:
    return (
        ("weekday", _any(words.weekdays)),
        ("month", _any(words.months)),
        ("n", _any(words.numbers)),
        ("unit", _any(words.units)),
        ("relative", _any(words.days)),
        ("nth", _any(words.nth)),
        ("whole", _NOT_WHOLE),
        ("no_month", NO_MONTH),
    )


def _any(words: Mapping[str, object]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True))
