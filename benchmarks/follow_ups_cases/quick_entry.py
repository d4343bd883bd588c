"""Quick entry in words: phrases with what is expected of them, in four languages.

Each line of `phrases/LANGUAGE.txt` is a phrase, its title, when it is due, and its marks. A due date is MM-DD of 2026 or a
whole date, with a time if there is one; several, separated by `;`, are a question, in which `none` means no date. What is
expected was written before the grammar was tuned. Half of the phrases, chosen by a hash of each, were not looked at while
it was; `phrases/phone_LANGUAGE.txt` was written after that, in the manner of tired people on phones, and none of it was.
"""

import hashlib
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.phrasing.phrases import Phrase, Reading, read
from benchmarks import Case

NOW = datetime(2026, 12, 2, 10, 0)  # noqa: DTZ001 - a local time
"""Wednesday: the phrases are read as of this local time."""
LANGUAGES = ("en", "es", "pt", "fr")
SETS = ("tuned", "held out", "phone")
LEAST, LEAST_OF_FEW = 95.0, 80.0
"""The percentage that has to be right; of the few phrases on phones in one language, where each is five percent."""
_PHRASES = Path(__file__).parent / "phrases"
_SLOWEST = "longest reading of 500 characters"


@dataclass(frozen=True, slots=True)
class Expected:
    """A phrase, the language of its reader, and what is expected of it."""

    text: str
    language: str
    title: str
    dues: frozenset[str]
    marks: frozenset[str]

    @property
    def is_tuned(self) -> bool:
        """Whether the phrase is in the half that was looked at."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 0


def cases(quick: bool) -> list[Case]:  # noqa: ARG001 - the same phrases however little else is measured
    """Return the share of phrases that are read right, and the wrong dates, for each set and language."""
    found = [case for each in SETS for case in _of_set(each)]
    return [*found, Case(_SLOWEST, _longest() * 1000, 20.0, "ms")]


def phrases(name: str, language: str) -> list[Expected]:
    """Return the phrases of a set in a language."""
    path = _PHRASES / (f"phone_{language}.txt" if name == "phone" else f"{language}.txt")
    found = [_expected(line, language) for line in path.read_text(encoding="utf-8").splitlines()]
    return found if name == "phone" else [one for one in found if one.is_tuned == (name == "tuned")]


def is_right(expected: Expected, phrase: Phrase) -> bool:
    """Return whether a phrase was read as expected."""
    marks = {f"@{name}" for name in phrase.handles} | {f"#{tag}" for tag in phrase.tags}
    marks |= {f"!{phrase.priority}"} if phrase.priority else set()
    marks |= {phrase.recurrence} if phrase.recurrence else set()
    return phrase.readings[0].title == expected.title and dues(phrase) == expected.dues and marks == expected.marks


def is_wrong_date(expected: Expected, phrase: Phrase) -> bool:
    """Return whether a phrase was given a date, without a question, that is not the only one expected."""
    return not phrase.is_question and dues(phrase) not in (expected.dues, frozenset({"none"}))


def dues(phrase: Phrase) -> frozenset[str]:
    """Return the due dates of a phrase as they are written in the files."""
    return frozenset(_due(reading) for reading in phrase.readings)


def _of_set(name: str) -> list[Case]:
    found, wrong, right, size = [], 0, 0, 0
    for language in LANGUAGES:
        read_ones = [(one, read(one.text, NOW, language)) for one in phrases(name, language)]
        good = sum(is_right(*one) for one in read_ones)
        least = LEAST_OF_FEW if name == "phone" else LEAST
        found.append(_share(f"quick entry, {name}, {language}, {len(read_ones)} phrases", good, len(read_ones), least))
        right, size = right + good, size + len(read_ones)
        wrong += sum(is_wrong_date(*one) for one in read_ones)
    return [
        *found,
        _share(f"quick entry, {name}, all {size} phrases", right, size),
        Case(f"quick entry, {name}, wrong dates without a question", wrong, 0, "phrases"),
    ]


def _share(name: str, right: int, size: int, least: float = LEAST) -> Case:
    return Case(name, 100 * right / size, least, "%", at_least=True)


def _longest() -> float:
    """Return the seconds of the slowest of some texts of 500 characters."""
    texts = [(one.text + " ") * 100 for language in LANGUAGES for one in phrases("tuned", language)[:10]]
    return max(_timed(text[:500]) for text in ["a", *texts])


def _timed(text: str) -> float:
    started = time.perf_counter()
    read(text, NOW, "es")
    return time.perf_counter() - started


def _expected(line: str, language: str) -> Expected:
    text, title, due, *marks = [part.strip() for part in line.split(" | ")]
    wanted = frozenset(part.strip() if part.strip() == "none" else _dated(part.strip()) for part in due.split(";"))
    return Expected(text, language, "" if title == "-" else title, wanted, frozenset(_marks(marks)))


def _marks(marks: list[str]) -> list[str]:
    found: list[str] = []
    for word in marks[0].split() if marks else []:
        if word[0] in "@!#" or word.startswith("FREQ="):
            found.append(word)
        else:
            found[-1] += f" {word}"
    return found


def _dated(text: str) -> str:
    return text if text.startswith("20") else f"{NOW.year}-{text}"


def _due(reading: Reading) -> str:
    return "none" if reading.day is None else f"{reading.day}{f' {reading.at:%H:%M}' if reading.at else ''}"
