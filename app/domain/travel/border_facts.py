"""What the house knows about entering countries. Nothing of it comes with Encuentro; see docs/decisions/0034."""

from datetime import date, timedelta
from typing import Any, TypedDict

import phonenumbers

from app import clock
from app.countries import named
from app.domain.accounts import audit, removals
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.travel.border_facts import (
    BorderNote,
    ContactKind,
    CountryContact,
    EntryRequirement,
    EntryRule,
    Fact,
    NoteTopic,
)
from app.models.travel.places import Crossing
from app.queries.travel import border_facts as queries
from app.text import N_

MOST_SHORT = 6
"""The most digits of a number that is dialed only inside its country, such as 112."""
_SLACK = timedelta(days=1)
"""A day begins earlier in the east than in UTC."""


class RuleValues(TypedDict):
    """What a person records about entry with a passport."""

    passport: str
    requirement: EntryRequirement
    days: int | None
    transit: EntryRequirement
    note: str | None
    source: str
    checked_on: date


class ContactValues(TypedDict):
    """What a person records about whom to call in a country."""

    kind: ContactKind
    name: str
    passport: str | None
    phone: str | None
    address: str | None
    source: str
    checked_on: date


class NoteValues(TypedDict):
    """What a person records about entering a country."""

    topic: NoteTopic
    crossing: Crossing | None
    text: str
    source: str
    checked_on: date


Values = RuleValues | ContactValues | NoteValues


def add_rule(country: str, values: RuleValues) -> EntryRule:
    """Record whether a passport needs a visa for a country; a rule that was removed is restored with these values.

    Raises DomainError on `passport` if a rule is recorded, and on `checked_on` if that day is in the future.
    """
    check_passport(values["passport"], country)
    removed = queries.rule_of(values["passport"], country)
    if removed is not None:
        removals.bring_back(removed)
        change(removed, values)
        return removed
    rule = EntryRule(country=country)
    _add(rule, values)
    return rule


def add_contact(country: str, values: ContactValues) -> CountryContact:
    """Record an emergency number, an embassy or a consulate; raises DomainError on `phone` and `checked_on`."""
    contact = CountryContact(country=country)
    _add(contact, values)
    return contact


def add_note(country: str, values: NoteValues) -> BorderNote:
    """Record a note on a country or a crossing; raises DomainError on `crossing` and `checked_on`."""
    note = BorderNote(country=country)
    _add(note, values)
    return note


def change(fact: Fact, values: Values) -> None:
    """Change a recorded fact; raises DomainError as recording it does."""
    if isinstance(fact, EntryRule):
        check_passport(str(values.get("passport")), fact.country, fact)
    with audit.changing(fact, _facts):
        _write(fact, values)


def remove(fact: Fact, *, by: User | None) -> None:
    """Remove a fact; it can be restored for some time."""
    removals.remove(fact, by=by)


def bring_back(fact: Fact) -> None:
    """Restore a removed fact."""
    removals.bring_back(fact)


def sweep() -> None:
    """Delete facts that were removed too long ago to be restored."""
    for model in (EntryRule, CountryContact, BorderNote):
        removals.forget(model)


def check_country(country: str) -> None:
    """Raise DomainError if a code is not that of a country."""
    if country not in named("en"):
        raise DomainError("country", N_("This is not a country."))


def check_passport(passport: str, country: str, own: EntryRule | None = None) -> None:
    """Raise DomainError if another rule than `own` is recorded for a passport, or if it is the country's own."""
    if passport == country:
        raise DomainError("passport", N_("Citizens enter their own country."))
    known = queries.rule_of(passport, country)
    if known is not None and known is not own and (own is not None or known.removed_at is None):
        raise DomainError("passport", N_("A rule for this passport is already recorded. Edit it instead."))


def check_day(checked_on: date | None) -> None:
    """Raise DomainError on `checked_on` if it is in the future."""
    if checked_on is not None and checked_on > (clock.now() + _SLACK).date():
        raise DomainError("checked_on", N_("This date is in the future."))


def check_crossing(crossing: Crossing | None, country: str) -> None:
    """Raise DomainError on `crossing` if it does not lead to the country."""
    if crossing is not None and country not in (crossing.near.country, crossing.far.country):
        raise DomainError("crossing", N_("This crossing does not lead to this country."))


def phone_in(country: str, typed: str | None) -> str | None:
    """Return a phone number in E.164, or a short one as it is dialed in the country; raises DomainError on `phone`."""
    if not typed:
        return None
    if typed.isdigit() and len(typed) <= MOST_SHORT:
        return typed
    try:
        parsed = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException as error:
        raise DomainError("phone", _NO_NUMBER) from error
    if not phonenumbers.is_possible_number(parsed):
        raise DomainError("phone", _NO_NUMBER)
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


_NO_NUMBER = N_("This number cannot be dialed. Enter it with its country code.")


def _add(fact: Fact, values: Values) -> None:
    with db.session.no_autoflush:
        _write(fact, values)
    db.session.add(fact)
    db.session.flush()
    audit.note(fact, "recorded", {}, _facts(fact))


def _write(fact: Fact, values: Values) -> None:
    check_country(fact.country)
    check_day(values["checked_on"])
    written: dict[str, Any] = dict(values)
    if isinstance(fact, BorderNote):
        check_crossing(written["crossing"], fact.country)
    if isinstance(fact, CountryContact):
        written["phone"] = phone_in(fact.country, written["phone"])
    for name, value in written.items():
        setattr(fact, name, value)


def _facts(fact: Fact) -> audit.Facts:
    """Return what the history tells; a crossing by its name."""
    names = {
        EntryRule: RuleValues, CountryContact: ContactValues, BorderNote: NoteValues,
    }[type(fact)].__annotations__  # fmt: skip
    told = audit.facts_of(fact, [name for name in names if name not in ("crossing", "address")])
    if isinstance(fact, CountryContact):
        told["street"] = fact.address
    if isinstance(fact, BorderNote):
        told["crossing"] = fact.crossing.label if fact.crossing else None
    return told | {"country": fact.country}
