"""The dates of a text: what the words around a day make of it, and which days belong together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.phrasing.days import Days, Found, Reader, shifted
from app.phrasing.folding import TAKEN, without, word_before
from app.phrasing.patterns import days_of, frames_of
from app.phrasing.surroundings import closes, is_function_word, names_something
from app.phrasing.vocabulary import Frame

_LONGEST_FRAME = 40
_BETWEEN = re.compile(rf"[\s,.(){TAKEN}]*(?:the|el|dia|le|o)?[\s,]*")
_CHOICE = re.compile(r"\s*(?:or|o|ou|and|y|e|et|to|al?|au|-|,|/)?\s*(?:el|le|na|no|on)?\s*")
_DATES = frozenset({"iso", "numeric", "date", "day"})


@dataclass(frozen=True, slots=True)
class Scene:
    """A text, its folded form in which what is understood is taken out, and whose words are tried.

    `languages` are in the order in which they are tried; `spoken` is the one that most words belong to.
    """

    text: str
    low: str
    languages: tuple[str, ...]
    spoken: str
    readers: dict[str, Reader]

    def is_capital(self, at: int) -> bool:
        """Return whether a character is a capital, which means something unless all are."""
        return self.text[at].isupper() and not self.text.isupper()


def dates_in(scene: Scene) -> list[Found]:
    """Return what may be dates, in order; words that only look like dates are left out."""
    found: list[Found] = []
    low = scene.low
    for language in scene.languages:
        for kind, pattern in days_of(language, scene.low):
            for match in pattern.finditer(low):
                made = scene.readers[language].found(kind, match)
                if not made or not _counts(made, match, language, replace(scene, low=low)):
                    continue
                framed = _framed(made, replace(scene, low=low), language)
                if framed:
                    found.append(framed)
                    low = without(low, [(framed.start, framed.end)])
    return _together(sorted(found, key=lambda one: one.start), scene)


def _counts(found: Found, match: re.Match[str], language: str, scene: Scene) -> bool:
    """Return whether words that may be something else can be a date here."""
    if found.kind in ("day", "weekday_day") and language not in (scene.languages[0], scene.spoken):
        return False
    weekday = match.groupdict().get("weekday")
    if (
        found.kind == "weekday"
        and language != "es"
        and weekday
        and weekday.endswith(("days", "as", "os", "dis", "feiras"))
    ):
        return weekday in ("2as", "tues")
    if weekday not in scene.readers[language].words.doubtful or found.kind not in ("weekday", "weekday_day"):
        return True
    if language != scene.spoken:
        return False
    if found.kind == "weekday_day" or match["dot"] or _is_beside_time(scene.low, found):
        return True
    if _frame_before(scene.low, match.start(), language)[0] in (Frame.ON, Frame.BEFORE, Frame.AFTER):
        return True
    left = word_before(scene.low, match.start())
    if language == "pt":
        return not is_function_word(left) or left in ("a", "da", "de", "as")
    return not is_function_word(left) and closes(scene.low, match.end())


def _is_beside_time(low: str, found: Found) -> bool:
    return TAKEN in (low[found.end :].lstrip()[:1], low[: found.start].rstrip()[-1:])


def _frame_before(low: str, start: int, language: str) -> tuple[Frame | None, int, re.Match[str] | None]:
    """Return what the words before a place make of a date there, and where they begin: the longest ones count."""
    offset = max(0, start - _LONGEST_FRAME)
    tried = ((frame, pattern.search(low[offset:start])) for frame, pattern in frames_of(language))
    found = [(offset + match.start(), frame, match) for frame, match in tried if match]
    if not found:
        return None, start, None
    first, frame, match = min(found, key=lambda one: one[0])
    return frame, first, match


def _framed(found: Found, scene: Scene, language: str) -> Found | None:
    """Return a date with what stands around it; None if the words say that it is not one."""
    frame, start, match, spoken = None, found.start, None, language
    for each in dict.fromkeys((language, *scene.languages[:2])):
        if frame is None:
            frame, start, match = _frame_before(scene.low, found.start, each)
            spoken = each
    if frame is Frame.NOT or _is_name(found, scene, language):
        return None
    if frame in (Frame.BEFORE, Frame.AFTER):
        framed = replace(found, start=start, frame=frame)
        return _moved(framed, match, scene.readers[spoken]) if match and match["n"] else framed
    if frame is Frame.OF or re.match(r"'s?\b", scene.low[found.end :]):
        return _doubted(found)
    if _may_be_another_word(found, frame, scene, language):
        return _doubted(found)
    if frame is Frame.ON:
        decided = found.certain or closes(scene.low, found.end) or _is_no_adjective(found, scene, language)
        return replace(found, start=start, frame=frame) if decided else _doubted(found)
    return found if _is_free(found, scene, language) else _doubted(found)


def _doubted(found: Found) -> Found:
    return replace(found, days=tuple(dict.fromkeys((*found.days, None))), kept=True)


def _moved(found: Found, match: re.Match[str], reader: Reader) -> Found:
    """Return the day some days or weeks before or after another."""
    count = reader.number(match["n"]) * (-1 if found.frame is Frame.BEFORE else 1)
    unit = reader.words.units[match["unit"]]
    if unit in ("hour", "minute"):
        return _doubted(found)
    days = tuple(day and shifted(day, unit, count) for day in found.days)
    return replace(found, days=days, frame=None, weekday=None)


def _is_name(found: Found, scene: Scene, language: str) -> bool:
    """Return whether a day of the week is the name of a person: `Domingo Pérez`."""
    if language == "en" or found.kind != "weekday" or not scene.is_capital(found.start):
        return False
    return scene.text[found.end :].lstrip(" ")[:1].isupper()


def _may_be_another_word(found: Found, frame: Frame | None, scene: Scene, language: str) -> bool:
    """Return whether only its place makes a word a day: "sat" at the end, or `Mañana` in the name of a newspaper."""
    spelled = scene.low[found.start : found.end]
    if found.kind == "relative":
        return scene.is_capital(found.start) and word_before(scene.low, found.start)[-1:].isalnum()
    doubtful = spelled in scene.readers[language].words.doubtful and language != "pt"
    return doubtful and frame is None and not _is_beside_time(scene.low, found)


def _is_no_adjective(found: Found, scene: Scene, language: str) -> bool:
    """Return whether words do not describe the noun after them; in English they would: "the Friday meeting"."""
    words = scene.readers[language].words
    spelled = scene.low[found.start : found.end].rstrip(".")
    if found.kind not in ("weekday", "date", "weekday_day", "nth_weekday") or spelled in words.doubtful:
        return False
    return language != "en" or re.search(r"\bon\s+$", scene.low[: found.start]) is not None


def _is_free(found: Found, scene: Scene, language: str) -> bool:
    """Return whether words without a preposition say when, not which."""
    if found.certain:
        return True
    left, low = word_before(scene.low, found.start), scene.low
    begins = not left or not left[-1].isalnum()
    follows = low[: found.start].rstrip()[-1:] == TAKEN
    joined = re.search(rf"{TAKEN}\s*(?:or|o|ou|and|y|e|et|u)\s+$", low[: found.start]) is not None
    if not (begins or follows or joined) and (is_function_word(left) or names_something(left)):
        return False
    if not begins and language != "en" and any(map(scene.is_capital, range(found.start, found.end))):
        return False
    if found.kind == "numeric" and len(found.days) == 1 and re.match("[123]/[234]$", low[found.start : found.end]):
        return False
    return closes(low, found.end) or _is_no_adjective(found, scene, language)


def _together(found: Sequence[Found], scene: Scene) -> list[Found]:
    """Return dates in which a day of the week and the date beside it are one: "Friday 4 December"."""
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if (
            last
            and _BETWEEN.fullmatch(scene.low[last.end : one.start])
            and (last.weekday is None) != (one.weekday is None)
        ):
            named, dated = (last, one) if last.weekday is not None else (one, last)
            if dated.kind in _DATES:
                joined[-1] = _as_one(named, dated, last, one)
                continue
        joined.append(one)
    return joined


def _as_one(named: Found, dated: Found, first: Found, last: Found) -> Found:
    fitting = tuple(day for day in dated.days if day and day.weekday() == named.weekday)
    days: Days = fitting or tuple(dict.fromkeys((*named.days[:1], *(day for day in dated.days if day))))
    kept = first.kept or (last.kept and not fitting)
    return replace(first, end=last.end, days=(*days, None) if kept else days, kind="date", weekday=None, kept=kept)


def joins(low: str, first: Found, last: Found) -> bool:
    """Return whether only a word such as "or" stands between two dates."""
    return _CHOICE.fullmatch(low[first.end : last.start]) is not None


def settled(found: Found, today: date, has_time: bool) -> Days:
    """Return the days of a date with what "before" and "after" make of them. A day before today is none."""
    days = found.days
    if found.frame is Frame.BEFORE and not has_time:
        days = tuple(day and day - timedelta(days=1) for day in days)
    if found.frame is Frame.AFTER and not has_time:
        days = (*(day and day + timedelta(days=1) for day in days), None)
    return tuple(dict.fromkeys(day if day and day >= today else None for day in days))
