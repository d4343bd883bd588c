"""Days that are misspelled by one letter: `vierns`, `tommorow`."""

import re

from app.later import OSA
from app.phrasing.folding import folded
from app.phrasing.vocabulary import VOCABULARIES

_DAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday tomorrow",
    "es": "lunes martes miercoles jueves viernes sabado domingo manana",
    "pt": "segunda-feira terca-feira quarta-feira quinta-feira sexta-feira sabado domingo amanha",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche demain",
}
_OTHERS = "vienes viene manzana mananas sundry mardis demais demains amanhar domingos sabados"
_WORDS = frozenset(_OTHERS.split()).union(*(words.weekdays for words in VOCABULARIES.values()))
"""Words that are one letter away from a day and mean something else."""
_SHORTEST = 5
_BEFORE_TOMORROW = re.compile(r"\b(?P<word>pas?\w+)\s+manana\b")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def corrected(text: str, language: str) -> str | None:
    """Return a text in which the first misspelled day is spelled as it should be; None if there is none."""
    days = _DAYS.get(language, _DAYS["en"]).split()
    low = folded(text)
    before_tomorrow = _BEFORE_TOMORROW.search(low)
    if before_tomorrow and OSA.distance(before_tomorrow["word"], "pasado") == 1:
        return f"{text[: before_tomorrow.start('word')]}pasado{text[before_tomorrow.end('word') :]}"
    for word in _WORD.finditer(low):
        typed = word[0]
        if len(typed) < _SHORTEST or typed in _WORDS or low[: word.start()].endswith(("@", "#", "!")):
            continue
        for day in days:
            if typed[0] == day[0] and abs(len(typed) - len(day)) <= 1 and OSA.distance(typed, day, score_cutoff=1) == 1:
                return text[: word.start()] + day + text[word.end() :]
    return None
