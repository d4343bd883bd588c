"""Mobilizations: where and when they are, what becomes of them, and how many came."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypedDict

from app import clock
from app.domain.accounts import audit, removals
from app.domain.mobilizing import days_of_action, notices
from app.domain.mobilizing.days_of_action import DayValues
from app.domain_errors import DomainError, UndecidedError
from app.extensions import db
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.days_of_action import DayOfAction
from app.models.mobilizing.mobilizations import MOST_PEOPLE, Host, Mobilization, MobilizationStatus
from app.models.people.organizations import Organization
from app.models.travel.places import Place
from app.queries.mobilizing import mobilizations as mobilization_queries
from app.text import N_
from app.times import to_instant


class PlacedValues(TypedDict):
    """Where and when a mobilization is."""

    place: Place
    address: str | None
    timezone: str | None
    """None for the zone of the place."""
    starts: datetime | None
    """Local time in its zone; None for the time of its day of action."""
    duration_minutes: int


class MobilizationValues(TypedDict):
    """What else is recorded about a mobilization."""

    title: str
    languages: list[str]
    contact: str | None
    notes: str | None
    expected_turnout: int | None


class TurnoutValues(TypedDict):
    """How many people came, as reported by somebody."""

    turnout_least: int | None
    turnout_most: int | None
    """None if one number was reported, not a range."""
    not_counted: bool
    turnout_by: str | None
    turnout_source: str | None


def create(
    campaign: Campaign,
    day: DayOfAction | None,
    values: MobilizationValues,
    placed: PlacedValues,
    *,
    host: Organization | None = None,
    status: MobilizationStatus = MobilizationStatus.CONFIRMED,
) -> Mobilization:
    """Record a mobilization of a campaign, alone or as part of a day of action."""
    mobilization = Mobilization(
        campaign=campaign, day_of_action=day, status=status, not_counted=False, sequence=0, created_at=clock.now(),
        **values,
    )  # fmt: skip
    _place(mobilization, placed)
    if host is not None:
        mobilization.hosts.append(Host(campaign_id=campaign.id, organization=host))
    db.session.add(mobilization)
    db.session.flush()
    audit.note(mobilization, "recorded", {}, facts(mobilization))
    return mobilization


def update(mobilization: Mobilization, values: MobilizationValues) -> None:
    """Change what has no effect on where, when and whether it is."""
    with audit.changing(mobilization, facts):
        mobilization.title, mobilization.languages = values["title"], values["languages"]
        mobilization.contact, mobilization.notes = values["contact"], values["notes"]
        mobilization.expected_turnout = values["expected_turnout"]


def confirm(mobilization: Mobilization) -> None:
    """Announce a proposed mobilization."""
    if mobilization.status is MobilizationStatus.PROPOSED:
        _set_status(mobilization, MobilizationStatus.CONFIRMED)


def move(mobilization: Mobilization, placed: PlacedValues, reason: str | None, *, tell: bool = False) -> None:
    """Change where and when it is; one that was announced counts as moved. One that is over does not move.

    If wanted, tell those who signed up.
    """
    check_not_over(mobilization)
    before = notices.as_it_is(mobilization)
    with audit.changing(mobilization, facts):
        _place(mobilization, placed)
        if notices.as_it_is(mobilization) != before:
            mobilization.sequence += 1
            if mobilization.is_announced:
                mobilization.status = MobilizationStatus.MOVED
        mobilization.change_reason = reason
    if tell:
        notices.tell(mobilization, before)


def cancel(mobilization: Mobilization, reason: str | None, *, tell: bool = False) -> None:
    """Call it off, and say why; if wanted, tell those who signed up."""
    check_not_over(mobilization)
    before = notices.as_it_is(mobilization)
    with audit.changing(mobilization, facts):
        mobilization.status, mobilization.change_reason = MobilizationStatus.CANCELLED, reason
        mobilization.sequence += 1
    if tell:
        notices.tell(mobilization, before)


def reinstate(mobilization: Mobilization) -> None:
    """Have it take place after all, and tell those who signed up."""
    if mobilization.status is MobilizationStatus.CANCELLED:
        before = notices.as_it_is(mobilization)
        mobilization.change_reason = None
        _set_status(mobilization, MobilizationStatus.CONFIRMED)
        notices.tell(mobilization, before)


def report(mobilization: Mobilization, values: TurnoutValues) -> None:
    """Record how many people came: then it has been held."""
    least, most = values["turnout_least"], values["turnout_most"]
    check_turnout(least, most, values["not_counted"])
    if mobilization.starts_at > clock.now():
        raise DomainError(None, N_("It has not begun yet. Report the turnout afterwards."))
    if mobilization.status is MobilizationStatus.CANCELLED:
        raise DomainError(None, N_("It was canceled."))
    with audit.changing(mobilization, facts):
        mobilization.turnout_least, mobilization.turnout_most = least, least if most is None else most
        mobilization.not_counted = values["not_counted"]
        mobilization.turnout_by, mobilization.turnout_source = values["turnout_by"], values["turnout_source"]
        if mobilization.status is not MobilizationStatus.HELD:
            mobilization.status = MobilizationStatus.HELD
            mobilization.sequence += 1


def add_host(mobilization: Mobilization, organization: Organization) -> Host:
    """Name another organization that hosts it."""
    if any(host.organization_id == organization.id for host in mobilization.hosts):
        raise DomainError("organization", N_("This organization already hosts it."))
    with audit.changing(mobilization, facts):
        host = Host(campaign_id=mobilization.campaign_id, organization=organization)
        mobilization.hosts.append(host)
    return host


def remove_host(mobilization: Mobilization, host: Host) -> None:
    """Name an organization as a host no longer."""
    with audit.changing(mobilization, facts):
        mobilization.hosts.remove(host)


def change_day(day: DayOfAction, values: DayValues) -> None:
    """Change a day of action, and move the mobilizations that begin with it to its new time."""
    followers = starting_with(mobilization_queries.of_day(day), day)
    days_of_action.update(day, values)
    follow(day, followers)


def starting_with(mobilizations: Iterable[Mobilization], day: DayOfAction) -> list[Mobilization]:
    """Return those mobilizations that begin when their day of action begins, and are not over."""
    return [one for one in mobilizations if not one.is_over and one.starts_at == _start(day, one)]


def follow(day: DayOfAction, followers: Sequence[Mobilization]) -> None:
    """Move mobilizations to the time to which their day of action was moved.

    Raises DomainError if the clocks of one of the places skip that hour or show it twice.
    """
    for mobilization in followers:
        starts_at = _start(day, mobilization)
        if starts_at is None:
            raise DomainError(
                "starts",
                N_(
                    "In %(place)s the clocks change at this hour. Move the mobilization there first, or choose another."
                ),
                place=mobilization.place.name,
            )
        if starts_at != mobilization.starts_at:
            before = notices.as_it_is(mobilization)
            with audit.changing(mobilization, facts):
                mobilization.starts_at = starts_at
                mobilization.sequence += 1
                if mobilization.is_announced:
                    mobilization.status = MobilizationStatus.MOVED
            notices.tell(mobilization, before)


def sweep() -> None:
    """Delete mobilizations that were removed too long ago to be restored."""
    removals.forget(Mobilization)


def facts(mobilization: Mobilization) -> audit.Facts:
    """Return what the history tells."""
    own = audit.facts_of(
        mobilization,
        (
            "title", "address", "timezone", "starts_at", "duration_minutes", "languages", "contact", "notes",
            "expected_turnout", "status", "change_reason", "not_counted", "turnout_by", "turnout_source",
        ),
    )  # fmt: skip
    least, most = mobilization.turnout_least, mobilization.turnout_most
    return {
        **own,
        "place": mobilization.place.label,
        "hosts": [host.organization.name for host in mobilization.hosts],
        "turnout": None if least is None else str(least) if least == most else f"{least}–{most}",
    }


def check_not_over(mobilization: Mobilization) -> None:
    """Raise DomainError if it was held or canceled."""
    if mobilization.is_over:
        raise DomainError(None, N_("It is over or was canceled, so this cannot be changed."))


def check_turnout(least: int | None, most: int | None, not_counted: bool) -> None:
    """Raise DomainError if a turnout contradicts itself, or is none."""
    if not_counted and (least is not None or most is not None):
        raise DomainError("not_counted", N_("Either enter a number, or say that nobody counted."))
    if not not_counted and least is None:
        raise DomainError("turnout_least", N_("Enter how many came, or say that nobody counted."))
    if most is not None and least is not None and most < least:
        raise DomainError("turnout_most", N_("The second number must not be smaller than the first."))
    if not all(0 <= number <= MOST_PEOPLE for number in (least, most) if number is not None):
        raise DomainError("turnout_least", N_("Check the number."))


def start_of(day: DayOfAction | None, values: PlacedValues) -> tuple[str, datetime]:
    """Return the zone and the instant at which a mobilization with these values begins.

    Raises DomainError if clocks skip the time or none is given, UndecidedError if it comes twice.
    """
    zone = values["timezone"] or values["place"].timezone
    days_of_action.check_zone(zone)
    if values["starts"] is not None:
        return zone, to_instant(values["starts"], zone, "starts")
    if day is not None:
        return zone, days_of_action.start_in(day, zone, "starts")
    raise DomainError("starts", N_("Enter when it begins."))


def _place(mobilization: Mobilization, values: PlacedValues) -> None:
    mobilization.timezone, mobilization.starts_at = start_of(mobilization.day_of_action, values)
    mobilization.place, mobilization.address = values["place"], values["address"]
    mobilization.duration_minutes = values["duration_minutes"]


def _set_status(mobilization: Mobilization, status: MobilizationStatus) -> None:
    with audit.changing(mobilization, facts):
        mobilization.status = status
        mobilization.sequence += 1


def _start(day: DayOfAction, mobilization: Mobilization) -> datetime | None:
    """Return when a day of action begins at a mobilization, None if the clocks there skip that hour or show it twice."""
    try:
        return days_of_action.start_in(day, mobilization.timezone, "starts")
    except (DomainError, UndecidedError):
        return None
