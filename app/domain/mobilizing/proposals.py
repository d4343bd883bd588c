"""Mobilizations that host organizations propose for a day of action, and what the organizers decide about them."""

from datetime import datetime
from typing import Any, cast

from app import clock
from app.domain.accounts import removals
from app.domain.mobilizing import decisions, mobilizations, notices
from app.domain.mobilizing.days_of_action import last_start
from app.domain.mobilizing.mobilizations import MobilizationValues, PlacedValues
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.mobilizing.days_of_action import DayOfAction
from app.models.mobilizing.mobilizations import Mobilization, MobilizationStatus
from app.models.mobilizing.sign_ups import Decision, SignUp
from app.models.people.organizations import Organization
from app.models.travel.places import Place
from app.text import N_


def is_open(day: DayOfAction | None) -> bool:
    """Return whether anyone may propose a mobilization for a day of action: it is public, and not over everywhere."""
    return day is not None and day.is_public and day.removed_at is None and last_start(day) > clock.now()


def check_open(day: DayOfAction | None) -> None:
    """Raise DomainError if nobody may propose a mobilization for a day of action any more."""
    if not is_open(day):
        raise DomainError(None, N_("It is over or was canceled."))


def details_of(day: DayOfAction, values: MobilizationValues, placed: PlacedValues) -> dict[str, Any]:
    """Return what the sign-up keeps of a proposal until its address is confirmed.

    Raises DomainError or UndecidedError as `mobilizations.start_of` does, and if it has begun.
    """
    _zone, starts_at = mobilizations.start_of(day, placed)
    if starts_at <= clock.now():
        raise DomainError("starts", N_("This time has already passed. Choose one that is ahead."))
    shown = placed["starts"]
    where = {"place_id": placed["place"].id, "address": placed["address"]}
    when = {"starts": shown.isoformat() if shown else None, "duration_minutes": placed["duration_minutes"]}
    return {**values, **where, **when}


def record(sign_up: SignUp) -> Mobilization:
    """Record what a sign-up proposes, invisible to the public until it is approved."""
    details = dict(sign_up.details)
    shown = details.pop("starts")
    placed = PlacedValues(
        place=db.session.get_one(Place, details.pop("place_id")),
        address=details.pop("address"),
        timezone=None,
        starts=datetime.fromisoformat(shown) if shown else None,
        duration_minutes=details.pop("duration_minutes"),
    )
    sign_up.mobilization = mobilizations.create(
        sign_up.campaign,
        sign_up.day_of_action,
        cast("MobilizationValues", details),
        placed,
        status=MobilizationStatus.PROPOSED,
    )
    db.session.flush()
    return sign_up.mobilization


def approve(sign_up: SignUp, host: Organization | None, *, by: User) -> None:
    """Announce a proposed mobilization; the host gets a personal link to it."""
    mobilization = _proposed(sign_up)
    removals.bring_back(mobilization)
    if host is not None and all(one.organization_id != host.id for one in mobilization.hosts):
        mobilizations.add_host(mobilization, host)
    mobilizations.confirm(mobilization)
    decisions.decide(sign_up, Decision.ACCEPTED, None, by=by)
    decisions.tell(sign_up)


def decline(sign_up: SignUp, reason: str | None, *, by: User) -> None:
    """Remove a proposed mobilization, and tell the host why. Until it is deleted for good, it can still be approved."""
    decisions.check_reason(reason)
    removals.remove(_proposed(sign_up), by=by)
    decisions.decide(sign_up, Decision.DECLINED, reason, by=by)
    decisions.tell(sign_up)


def renew_link(sign_up: SignUp) -> None:
    """Replace the personal link of a host: the one before stops working, and the new one is sent."""
    if not sign_up.is_accepted:
        raise DomainError(None, N_("It has not been approved."))
    sign_up.link_number += 1
    decisions.tell(sign_up)


def move(sign_up: SignUp, placed: PlacedValues, reason: str | None) -> None:
    """Move a mobilization as its host says; everyone who signed up is told if time or place are others now."""
    mobilization = sign_up.mobilization
    if mobilization is None:
        raise DomainError(None, N_("It has not been approved."))
    before = notices.as_it_is(mobilization)
    mobilizations.move(mobilization, placed, reason)
    if notices.as_it_is(mobilization) != before:
        notices.tell(mobilization, before, by_host=True)


def take_back(sign_up: SignUp) -> None:
    """Remove what a host has proposed and withdrawn, unless it has been announced: organizers decide about that."""
    mobilization = sign_up.mobilization
    if mobilization is not None and mobilization.status is MobilizationStatus.PROPOSED:
        removals.remove(mobilization, by=None)


def _proposed(sign_up: SignUp) -> Mobilization:
    mobilization = sign_up.mobilization
    if mobilization is None or mobilization.status is not MobilizationStatus.PROPOSED:
        raise DomainError(None, N_("It has been announced already. Move it or cancel it instead."))
    return mobilization
