"""Congresses."""

from datetime import date
from typing import TypedDict

from app import clock
from app.domain.accounts import audit
from app.domain.actions import template_uses
from app.domain.actions.template_uses import Moved
from app.domain.travel import places
from app.domain_errors import DomainError
from app.extensions import db
from app.models.congress.congresses import Congress, CongressStatus
from app.queries.actions import templates as template_queries
from app.text import N_

LONGEST_DAYS = 60
"""A longer congress is assumed to be a typing error."""


class CongressValues(TypedDict):
    """What a person records about a congress."""

    title: str
    edition: str | None
    theme: str | None
    venue: str | None
    locality: str
    country: str
    start_date: date
    end_date: date
    help_name: str | None
    help_phone: str | None
    timezone: str | None
    """None for the time zone of the town."""
    status: CongressStatus


def create(values: CongressValues) -> Congress:
    """Record a congress."""
    check_days(values["start_date"], values["end_date"])
    congress = Congress(created_at=clock.now())
    _write(congress, values)
    db.session.add(congress)
    db.session.flush()
    audit.note(congress, "recorded", {}, _facts(congress))
    return congress


def update(congress: Congress, values: CongressValues) -> Moved:
    """Change what is recorded; return how many actions of templates have moved with its days."""
    check_days(values["start_date"], values["end_date"])
    with audit.changing(congress, _facts):
        _write(congress, values)
    uses = template_queries.uses_of_congress(congress.id)
    return template_uses.follow(uses, congress.start_date, congress.end_date, congress.timezone)


def _facts(congress: Congress) -> audit.Facts:
    return audit.facts_of(congress, CongressValues.__annotations__)


def _write(congress: Congress, values: CongressValues) -> None:
    for name, value in values.items():
        setattr(congress, name, value)
    congress.timezone = values["timezone"] or places.zone_of(values["locality"], values["country"])


def check_days(start_date: date, end_date: date) -> None:
    """Raise DomainError if a congress cannot last from one day to the other."""
    if end_date < start_date:
        raise DomainError("end_date", N_("The end date is before the start date."))
    if (end_date - start_date).days > LONGEST_DAYS:
        raise DomainError(
            "end_date", N_("The congress lasts more than %(days)s days. Check both dates."), days=LONGEST_DAYS
        )
