"""Calendar files attached to emails."""

from collections.abc import Sequence
from dataclasses import replace
from email.utils import parseaddr

from flask import current_app

from app.later import icalendar
from app.letter import CalendarFile, Letter
from app.wording.calendars import calendar_of


def with_calendar(
    letter: Letter, entries: "Sequence[icalendar.Component]", *, name: str, is_cancelled: bool = False
) -> Letter:
    """Return a letter with entries for the recipient's calendar attached: published, or canceled by the house."""
    organizer = icalendar.vCalAddress(f"mailto:{parseaddr(current_app.config['SETTINGS'].mail_from)[1]}")
    for entry in entries:
        entry.add("organizer", organizer)
    method = "CANCEL" if is_cancelled else "PUBLISH"
    return replace(letter, calendar=CalendarFile(name, method, calendar_of(entries, method=method)))
