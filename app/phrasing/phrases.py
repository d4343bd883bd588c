"""`read`: a typed line as title, due date, people, priority and repetition. A date that could be another is a question.

The rule of this engine: no wrong date without a question. Words that only look like a date stay in the title.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from app.phrasing.dates import Scene, dates_in, joins, settled
from app.phrasing.days import Days, Found, Reader
from app.phrasing.folding import folded, without
from app.phrasing.marks import Priority, marks_in
from app.phrasing.patterns import days_of
from app.phrasing.repeating import FoundRule, rule_in
from app.phrasing.slips import corrected
from app.phrasing.surroundings import closes, without_set_phrases
from app.phrasing.times import FoundTime, part_at, times_in
from app.phrasing.vocabulary import VOCABULARIES, order

LONGEST = 500
"""The number of characters of a line that are read."""
_UNTIL = re.compile(r"(?:until|till|hasta|ate|jusqu)")
_NOT_TO = {
    "en": r"\b(?:don't|dont|do\s+not|never)\b(?!\s+forget)",
    "es": r"\b(?:no|nunca)\s+(?!olvid)[a-z]+(?:ar|er|ir)\b",
    "pt": r"\b(?:nao|nunca)\s+(?!esque)",
    "fr": r"\b(?:ne\s+(?:pas|plus|jamais))\s+(?!oubli)",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a line: the title, and the local day and time by which it is due, if any."""

    title: str
    day: date | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a line asks for. Several readings are a question; the first one with a date is the likeliest."""

    readings: tuple[Reading, ...]
    handles: tuple[str, ...] = ()
    priority: Priority | None = None
    tags: tuple[str, ...] = ()
    recurrence: str | None = None

    @property
    def is_question(self) -> bool:
        """Whether the due date has to be asked."""
        return len(self.readings) > 1


def read(text: str, now: datetime, language: str) -> Phrase:
    """Return what a line asks for, as of a local time without zone, for a reader of a language (`en`, `es`, `pt`, `fr`).

    Never fails: what is not understood stays in the title, which is empty only if nothing else was typed. A word that
    looks like a misspelled day is read as that day, but asked about.
    """
    line = unicodedata.normalize("NFC", text[:LONGEST])
    phrase = _read(line, now, language)
    spelled = corrected(line, language)
    if spelled is None:
        return phrase
    second = _read(spelled, now, language)
    dated = tuple(reading for reading in second.readings if reading.day)
    return replace(second, readings=tuple(dict.fromkeys((*dated, *phrase.readings)))) if dated else phrase


def _read(text: str, now: datetime, language: str) -> Phrase:
    marks = marks_in(text)
    low = without_set_phrases(without(folded(text), marks.spans))
    scene = _scene(text, low, now, language)
    rule = _first_rule(scene)
    if rule:
        scene = replace(scene, low=without(scene.low, [(rule.start, rule.end)]))
    times = _times(scene)
    dates = dates_in(replace(scene, low=without(scene.low, [(one.start, one.end) for one in times])))
    times += _parts(scene, dates)
    times = [_doubted(one, scene, dates) for one in times]
    ends = [one for one in dates if rule and _UNTIL.match(scene.low, one.start) and one.days[0]]
    dates = [one for one in dates if one not in ends]
    readings = _readings(text, scene, now, rule, times, dates, [*marks.spans, *((one.start, one.end) for one in ends)])
    until = f";UNTIL={ends[0].days[0]:%Y%m%d}" if ends else ""
    recurrence = rule.rule + until if rule else None
    return Phrase(readings, marks.handles, marks.priority, marks.tags, recurrence)


def _scene(text: str, low: str, now: datetime, language: str) -> Scene:
    reader = language if language in VOCABULARIES else "en"
    spoken, months_first = order(low, reader)
    readers = {name: Reader(words, now, months_first) for name, words in VOCABULARIES.items()}
    return Scene(text, low, tuple(dict.fromkeys((reader, spoken, *VOCABULARIES))), spoken, readers)


def _first_rule(scene: Scene) -> FoundRule | None:
    found = (rule_in(scene.low, one, scene.readers[one], one == scene.spoken) for one in scene.languages)
    return next((one for one in found if one), None)


def _times(scene: Scene) -> list[FoundTime]:
    """Return the times of a text; spans such as "in 3 hours" are none."""
    spans = [
        match.span()
        for language in scene.languages
        for kind, pattern in days_of(language, scene.low)
        if kind in ("span", "iso")
        for match in pattern.finditer(scene.low)
    ]
    low, found = without(scene.low, spans, "-"), list[FoundTime]()
    for language in scene.languages:
        new = times_in(low, language)
        if language == "pt" and "pt" not in (scene.languages[0], scene.spoken):
            new = [one for one in new if one.certain]
        found += new
        low = without(low, [(one.start, one.end) for one in new])
    return sorted(found, key=lambda one: one.start)


def _parts(scene: Scene, dates: Sequence[Found]) -> list[FoundTime]:
    found = (part_at(scene.low, one.end, language) for one in dates for language in scene.languages)
    return list({one.start: one for one in found if one}.values())


def _doubted(found: FoundTime, scene: Scene, dates: Sequence[Found]) -> FoundTime:
    """Return a time that is not certain if its number may count what follows: "at 5 consulates"."""
    if not found.may_count:
        return replace(found, certain=found.certain and not _is_name(found, scene))
    return replace(found, certain=closes(without(scene.low, [(one.start, one.end) for one in dates]), found.end))


def _is_name(found: FoundTime, scene: Scene) -> bool:
    """Return whether a part of the day is the name of something, such as a newspaper: `Le Soir`."""
    letters = [at for at in range(max(found.start, 1), found.end) if scene.is_capital(at)]
    return bool(letters) and not any(map(str.isdecimal, scene.text[found.start : found.end]))


def _readings(
    text: str,
    scene: Scene,
    now: datetime,
    rule: FoundRule | None,
    times: Sequence[FoundTime],
    dates: Sequence[Found],
    spans: Sequence[tuple[int, int]],
) -> tuple[Reading, ...]:
    told = [one for found in times for one in found.times]
    if rule and rule.at and not told:
        told = [rule.at]
    days: Days = tuple(dict.fromkeys(day for one in dates for day in settled(one, now.date(), bool(told))))
    if rule and not any(days):
        days = rule.days
    negated = any(
        re.search(pattern, scene.low) for name, pattern in _NOT_TO.items() if name in (scene.spoken, scene.languages[0])
    )
    doubted = None in days or any(not one.certain for one in times) or (negated and bool(days or told))
    at = next((one.at for one in dates if one.at), None)
    dues = _dues(days, told or ([at] if at else []), times, now, rule is not None)
    ruled = [*spans, *([(rule.start, rule.end)] if rule else [])]
    timed = [(one.start, one.end) for one in times if one.certain]
    dated = [] if any(one.kept for one in dates) else [(one.start, one.end) for one in dates]
    between = [(one.end, later.start) for one, later in pairwise(dates) if joins(scene.low, one, later)]
    title, whole = _without(text, [*ruled, *timed, *dated, *(between if dated else [])]), _without(text, ruled)
    dues = [due for due in dues if due[0]]
    readings = [Reading(title, *due) for due in dict.fromkeys(dues)]
    if not readings or doubted:
        readings.append(Reading(whole))
    return tuple(readings)


def _dues(
    days: Days, told: Sequence[time], times: Sequence[FoundTime], now: datetime, repeats: bool
) -> list[tuple[date | None, time | None]]:
    """Return the days and times that are meant, in order; those that have passed only if there are no others."""
    today, tomorrow = now.date(), now.date() + timedelta(days=1)
    known = [day for day in days if day]
    if not told:
        return [(day, None) for day in known]
    exact = any(one.exact for one in times)
    if not known:
        if any(one.today for one in times):
            return [(today, one if datetime.combine(today, one) > now else None) for one in told]
        ahead: list[tuple[date | None, time | None]] = []
        for one in told:
            passed = datetime.combine(today, one) <= now
            ahead.append((tomorrow if passed else today, one))
            if passed and not exact and not repeats and one.hour < 12:
                ahead.append((today, one.replace(hour=one.hour + 12)))
        return ahead
    both = [(day, one) for day in known for one in told]
    if repeats and known == [today]:
        return [(day if datetime.combine(day, one) > now else tomorrow, one) for day, one in both]
    coming = [(day, one) for day, one in both if datetime.combine(day, one) > now]
    evening = [(day, one.replace(hour=one.hour + 12)) for day, one in both if one.hour < 12 and not exact]
    return list(coming or [due for due in evening if datetime.combine(*due) > now] or both)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a title: a text without what has been understood, and without the punctuation that was around it."""
    left = without(text, spans, " ")
    left = re.sub(r"\s+([,;.])(?=\s|$)", r"\1", " ".join(left.split()))
    left = re.sub(r"([,;:])[,;:.]+", r"\1", left)
    return re.sub(r"\(\s*\)", "", left).strip(" ,;:-–—·•").strip()
