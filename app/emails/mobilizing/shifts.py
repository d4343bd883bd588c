"""Emails to the members of brigades, each with her personal link: invitation, reminder, and the question after a shift."""

from typing import Any

from flask import current_app
from flask_babel import force_locale

from app import tokens
from app.config import MEMBER_LOCALES, catalog_of
from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.mobilizing.brigades import BrigadeMember
from app.models.mobilizing.shifts import Shift
from app.wording.brigades import role_name


def my_shifts_page(member: BrigadeMember) -> str:
    """Return a member's personal link: anyone who has it can take and give back shifts for her."""
    token = tokens.sign_brigade_member(str(current_app.config["SECRET_KEY"]), member)
    return address_of("my_shifts.show", token=token)


def compose_link(member: BrigadeMember, address: str) -> Letter:
    """Compose the email with a member's personal link."""
    with force_locale(catalog_of([_language(member)], MEMBER_LOCALES)):
        role = role_name(member.role)
    return render_letter("mobilizing/brigade_link", role=role, **_about(member, address))


def compose_reminder(member: BrigadeMember, address: str, shift: Shift) -> Letter:
    """Compose the reminder of a shift."""
    return render_letter("mobilizing/shift_reminder", shift=shift, **_about(member, address))


def compose_question(member: BrigadeMember, address: str, shift: Shift) -> Letter:
    """Compose the question whether a member comes to another shift."""
    return render_letter("mobilizing/next_shift", shift=shift, **_about(member, address))


def _about(member: BrigadeMember, address: str) -> dict[str, Any]:
    return {
        "address": address,
        "language": _language(member),
        "catalogs": MEMBER_LOCALES,
        "member": member,
        "person": member.person,
        "brigade": member.brigade,
        "page": my_shifts_page(member),
    }


def _language(member: BrigadeMember) -> str:
    return member.person.preferred_language or next(iter(member.brigade.languages), "")
