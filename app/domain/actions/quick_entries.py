"""Actions that are typed as lines of words: what each line means, and recording what was meant."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from app import clock
from app.domain.actions import follow_ups, repeating
from app.domain.actions.follow_ups import FollowUpValues, Where
from app.domain.actions.telling import Assignee
from app.domain_errors import DomainError
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp, Priority
from app.models.mobilizing.brigades import Brigade
from app.phrasing.phrases import LONGEST, Phrase, Reading, read
from app.recurring.writing import parse
from app.text import N_, words_of
from app.times import Local, to_local

MOST_LINES = 20
"""The number of actions that are typed together."""
LONGEST_TITLE = 200
CLOSE_OF_DAY, LAST_MINUTE = time(18), time(23, 59)
"""When something is due on a day without a time; the second, if it is already later than the first."""
_USUAL_REMINDER = 24
"""Hours before the due time, as in the form."""


Named = TypeVar("Named", User, Brigade)

FindPeople = Callable[[str], Iterable[tuple[int, str]]]
"""Finds people without an account by words of their names: id and name."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One way to understand a line: its title, and when it is due."""

    title: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A line, and what it may mean.

    `title` is its title if it is due at none of the `meanings`. `assignee_ids` are the accounts that may be meant, and
    `handle` is how the assignee was named, if at all.
    """

    line: int
    title: str
    meanings: tuple[Meaning, ...]
    is_question: bool
    handle: str
    assignee_ids: tuple[int, ...]
    priority: Priority
    recurrence: str | None
    """The rule by which it repeats, as the line says it: it may leave open on which day."""
    people: tuple[tuple[int, str], ...]
    """People without an account who may be meant, by id and name; none if exactly one account may be."""
    brigades: tuple[tuple[int, str], ...]
    """Brigades that may be meant, by id and name; none if exactly one account may be."""
    error: str | None


@dataclass(frozen=True, slots=True)
class QuickEntries:
    """All lines; a draft that is shown before it is recorded."""

    entries: tuple[Entry, ...]

    @property
    def faulty(self) -> tuple[Entry, ...]:
        """The lines that have to be corrected."""
        return tuple(entry for entry in self.entries if entry.error)

    @property
    def is_ready(self) -> bool:
        """Whether the actions can be assigned as they are."""
        return bool(self.entries) and not self.faulty


def understand(
    typed: str,
    reader: User,
    assignees: Sequence[User | Brigade],
    now: datetime,
    language: str,
    people: FindPeople,
) -> QuickEntries:
    """Return what typed lines mean at an instant, to a reader in a language, if some accounts and brigades may be assigned.

    Times are in the reader's zone. Handles that name no account, or several, may also mean brigades, and people without
    an account, whom `people` finds by words. Raises DomainError if there are too many lines.
    """
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise DomainError("text", N_("Enter at most %(most)s lines at a time."), most=MOST_LINES)
    local = to_local(now, reader.timezone)
    return QuickEntries(
        tuple(_entry(number, line, reader, assignees, local, language, people) for number, line in enumerate(lines, 1))
    )


def assign(
    entries: Iterable[Entry],
    dues: Mapping[int, tuple[str, datetime]],
    assignees: Mapping[int, Assignee],
    *,
    by: User,
    where: Where,
) -> list[FollowUp]:
    """Create the actions of the lines, with the title and due time and the assignee of each by the number of its line."""
    created = []
    for entry in entries:
        title, due_at = dues[entry.line]
        values = FollowUpValues(
            title=title,
            note=None,
            assignee=assignees[entry.line],
            due_at=due_at,
            remind_before_hours=_reminder(due_at),
            priority=entry.priority,
            escalate_to=None,
            escalate_after_hours=None,
        )
        [follow_up] = follow_ups.assign(values, by=by, **where)
        if entry.recurrence is not None:
            repeating.repeat_by(follow_up, parse(entry.recurrence), timezone=by.timezone)
        created.append(follow_up)
    return created


def _entry(
    number: int,
    line: str,
    reader: User,
    assignees: Sequence[User | Brigade],
    now: datetime,
    language: str,
    people: FindPeople,
) -> Entry:
    phrase = read(line, now, language)
    meanings = [(reading, _instant(reading, now, reader.timezone)) for reading in phrase.readings]
    possible = tuple(Meaning(_title(reading, phrase), due) for reading, due in meanings if due)
    title = _title(phrase.readings[-1], phrase)
    meant = _meant(phrase.handles, reader, [one for one in assignees if isinstance(one, User)])
    others = [] if len(meant) == 1 else phrase.handles
    named = [one for handle in others for one in people(" ".join(words_of(handle)))]
    teams = [one for one in assignees if isinstance(one, Brigade)]
    return Entry(
        line=number,
        title=title,
        meanings=possible,
        is_question=phrase.is_question or len(possible) > 1,
        handle=", ".join(f"@{handle}" for handle in phrase.handles),
        assignee_ids=meant,
        priority=Priority(phrase.priority) if phrase.priority else Priority.NORMAL,
        recurrence=phrase.recurrence,
        people=tuple(dict.fromkeys(named)),
        brigades=tuple(dict.fromkeys((one.id, one.name) for handle in others for one in _called(handle, teams))),
        error=_error(line, [title, *(meaning.title for meaning in possible)]),
    )


def _error(line: str, titles: Sequence[str]) -> str | None:
    if not all(titles):
        return N_("This line does not say what is to be done.")
    if len(line) > LONGEST or any(len(title) > LONGEST_TITLE for title in titles):
        return N_("This line is too long. Enter a short title here; the action has room for a note.")
    return None


def _title(reading: Reading, phrase: Phrase) -> str:
    """Return the title of a reading; actions have no tags, so these stay in it, where a search finds them."""
    return " ".join([reading.title, *(f"#{tag}" for tag in phrase.tags)]).strip()


def _instant(reading: Reading, now: datetime, timezone: str) -> datetime | None:
    """Return when a reading is due: the earlier instant if the time occurs twice; None without a date or if it does not exist."""
    if reading.day is None:
        return None
    due = datetime.combine(reading.day, reading.at or _close(reading.day, now))
    try:
        return Local(due, timezone, "text").instants()[0]
    except DomainError:
        return None


def _close(day: date, now: datetime) -> time:
    return CLOSE_OF_DAY if datetime.combine(day, CLOSE_OF_DAY) > now else LAST_MINUTE


def _meant(handles: Sequence[str], reader: User, assignees: Sequence[User]) -> tuple[int, ...]:
    """Return the accounts that handles mean: the reader without any, otherwise those that are called so."""
    if not handles:
        return tuple(user.id for user in assignees if user.id == reader.id)
    return tuple(dict.fromkeys(user.id for handle in handles for user in _called(handle, assignees)))


def _called(handle: str, assignees: Sequence[Named]) -> list[Named]:
    """Return those whose name contains every word of a handle, or else whose names begin with them."""
    wanted = words_of(handle)
    whole = [user for user in assignees if wanted and set(wanted) <= set(words_of(user.name))]
    begun = [
        user
        for user in assignees
        if wanted and all(any(name.startswith(word) for name in words_of(user.name)) for word in wanted)
    ]
    return whole or begun


def _reminder(due_at: datetime) -> int:
    """Return how many hours before it is due an action is announced: less than usual if it is due soon, or not at all."""
    ahead = int((due_at - clock.now()) / timedelta(hours=1))
    return _USUAL_REMINDER if ahead > _USUAL_REMINDER else 1 if ahead > 1 else 0
