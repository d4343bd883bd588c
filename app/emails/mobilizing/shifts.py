"""Emails to the members of brigades, each with her personal link: invitation, reminder, and the question after a shift."""

from typing import Any

from flask import current_app
from flask_babel import force_locale

from app import tokens
from app.config import MEMBER_LOCALES, catalog_of
from app.domain.mobilizing.shift_notices import News, What
from app.emails.calendars import with_calendar
from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.mobilizing.brigades import BrigadeMember
from app.models.mobilizing.shifts import Shift, ShiftPlace
from app.wording.brigades import role_name
from app.wording.events import no_shift_event, shift_event


def my_shifts_page(member: BrigadeMember) -> str:
    """Return a member's personal link: anyone who has it can take and give back shifts for her."""
    token = tokens.sign_brigade_member(str(current_app.config["SECRET_KEY"]), member)
    return address_of("my_shifts.show", token=token)


def compose_link(member: BrigadeMember, address: str) -> Letter:
    """Compose the email with a member's personal link."""
    with force_locale(catalog_of([language_of(member)], MEMBER_LOCALES)):
        role = role_name(member.role)
    return render_letter("mobilizing/brigade_link", role=role, **_about(member, address))


def compose_reminder(place: ShiftPlace, address: str) -> Letter:
    """Compose the reminder of a shift, with the shift for the member's calendar."""
    about = _about(place.member, address)
    letter = render_letter("mobilizing/shift_reminder", shift=place.shift, **about)
    with force_locale(letter.language):
        entry = shift_event(place, about["page"])
    return with_calendar(letter, [entry], name="shift.ics")


def compose_change(news: News, address: str) -> Letter:
    """Tell a member that a shift is hers, was moved, is not hers, or was removed, and change it in her calendar."""
    member, shown = news.known.member, news.shift or news.known
    about = _about(member, address)
    letter = render_letter("mobilizing/shift_changed", news=news, What=What, shift=shown, **about)
    is_over = news.what in (What.LOST, What.CANCELED)
    with force_locale(letter.language):
        place = next((one for one in news.shift.held if one.member_id == member.id), None) if news.shift else None
        entry = shift_event(place, about["page"]) if place else no_shift_event(shown, member, news.sequence)
    return with_calendar(letter, [entry], name="shift.ics", is_cancelled=is_over)


def compose_question(member: BrigadeMember, address: str, shift: Shift) -> Letter:
    """Compose the question whether a member comes to another shift."""
    return render_letter("mobilizing/next_shift", shift=shift, **_about(member, address))


def _about(member: BrigadeMember, address: str) -> dict[str, Any]:
    return {
        "address": address,
        "language": language_of(member),
        "catalogs": MEMBER_LOCALES,
        "member": member,
        "person": member.person,
        "brigade": member.brigade,
        "page": my_shifts_page(member),
    }


def language_of(member: BrigadeMember) -> str:
    """Return the language in which a member is written to: her own, or that of the brigade."""
    return member.person.preferred_language or next(iter(member.brigade.languages), "")
