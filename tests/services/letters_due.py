"""Which daily letters are due, computed from what the documentation says, day by day, and not from the plan of the code."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
AFTER = (0, 1, 3, 7, 14, 30)
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Reader:
    """Somebody who gets letters at an hour of a zone, except on quiet days."""

    address: str
    zone: str
    hour: int = 8
    quiet: frozenset = frozenset()

    def letter(self, day):
        """Return the instant of the letter of a day."""
        return datetime.combine(day, time(self.hour), ZoneInfo(self.zone)).astimezone(UTC)

    def not_quiet(self, day):
        """Return a day, or the next one that is not quiet."""
        return next(one for one in (day + DAY * n for n in range(8)) if one.weekday() not in self.quiet)

    def day(self, instant):
        """Return the local day of an instant."""
        return instant.astimezone(ZoneInfo(self.zone)).date()

    def day_of_letter(self, sent):
        """Return the day for which a letter was sent: one that was late may be sent after midnight, before the next one."""
        day = self.day(sent)
        return day if sent >= self.letter(day) else day - DAY


@dataclass
class Told:
    """An action as it stands from one change to the next."""

    reader: Reader
    due: datetime
    before: timedelta
    since: datetime
    until: datetime = LAST

    def mentions(self, end):
        """Return the instants of the letters that mention it, while it stands so."""
        due_day = self.reader.day(self.due)
        days = {due_day + DAY * n for n in (*AFTER, *range(60, 800, 30))}
        first = self.reader.day(self.due - self.before)
        days |= {first} if first < due_day else set()
        found = {self.reader.letter(self.reader.not_quiet(day)) for day in days}
        return sorted(at for at in found if self.since < at <= min(self.until, end))


@dataclass
class Book:
    """All that was the case, and which runs were completed."""

    told: list = field(default_factory=list)
    runs: list = field(default_factory=list)

    def faults(self, reader, letters):
        """Return what is wrong with the instants of the letters that a reader got: missing ones, and needless ones."""
        end = self.runs[-1] if self.runs else datetime.min.replace(tzinfo=UTC)
        stands = [one for one in self.told if one.reader == reader]
        wrong = [f"two letters for {day}: {letters}" for day in _twice(reader.day_of_letter(at) for at in letters)]
        for one in stands:
            for due in one.mentions(end):
                run = next((at for at in self.runs if at >= due), None)
                same_day = any(reader.day(at) == reader.day(due) and at < due for at in letters)
                in_time = any(due <= at <= run + timedelta(minutes=1) for at in letters) if run else True
                if run and run <= one.until and not in_time and not same_day:
                    wrong.append(f"no letter for {due}, at the latest at {run}")
        due = sorted({at for one in stands for at in one.mentions(LAST)})
        for before, at in zip([datetime.min.replace(tzinfo=UTC), *letters], letters, strict=False):
            if not any(before < one <= at for one in due):
                wrong.append(f"nothing new for the letter of {at} after {before}")
        return wrong


def _twice(days):
    seen, found = set(), []
    for day in days:
        found += [day] if day in seen else []
        seen.add(day)
    return found
