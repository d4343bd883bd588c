"""The day of action of the demo: invented, in five time zones, dated relative to the day it is loaded."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from app import clock
from app.commands.baseline import read
from app.commands.seeds import Seeds
from app.config import SEEDS
from app.domain.mobilizing import coverage, days_of_action, mobilizations, proposals, sign_ups
from app.domain.mobilizing.sign_ups import SignUpValues
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.days_of_action import DayOfAction, Synchronization
from app.models.mobilizing.mobilizations import Mobilization
from app.models.mobilizing.sign_ups import SignUpKind


def record(seeds: Seeds) -> None:
    """Record the day of action with its mobilizations, who wants to attend them, and one that has been held."""
    values, today = read("days_of_action"), clock.now().date()
    campaign = seeds.campaigns[values["campaign"]]
    day = days_of_action.create(
        campaign,
        {
            "titles": values["titles"],
            "texts": values["texts"],
            "synchronized_by": Synchronization.SAME_LOCAL_HOUR,
            "starts": _local(today, values),
            "timezone": None,
            "is_public": True,
        },
    )
    host = next(iter(seeds.organizations.values()))
    for one in values["mobilizations"]:
        made = mobilizations.create(
            campaign, day, _described(one), _placed(seeds, one, None), host=host if one.get("host") else None
        )
        for person in one.get("attending", []):
            _sign_up(made, person, values["consent_text"])
        if one.get("canceled"):
            mobilizations.cancel(made, one["canceled"])
    for one in values["proposals"]:
        _propose(seeds, day, one, values["consent_text"])
    _hold(seeds, campaign, values["held"], today)


def _hold(seeds: Seeds, campaign: Campaign, held: dict[str, Any], today: date) -> None:
    """Record a mobilization of some days ago with its turnout, a picture, and what was written about it."""
    past = mobilizations.create(campaign, None, _described(held), _placed(seeds, held, _local(today, held)))
    mobilizations.report(
        past,
        {
            "turnout_least": held["least"],
            "turnout_most": held["most"],
            "not_counted": False,
            "turnout_by": held["by"],
            "turnout_source": None,
        },
    )
    picture, press = held["picture"], held["press"]
    coverage.add_picture(
        past,
        {
            "content": (SEEDS / picture["file"]).read_bytes(),
            "description": picture["description"],
            "credit": picture["credit"],
        },
        is_shown=True,
    )
    coverage.add_press_link(past, {"article": None, "url": press["url"], "title": press["title"]})


def _sign_up(mobilization: Mobilization, person: dict[str, Any], consent_text: str) -> None:
    """Record that somebody wants to attend; someone with only a phone number waits for a call."""
    said = _said(person, consent_text)
    sign_up = sign_ups.ask(mobilization.campaign, SignUpKind.ATTEND, said, mobilization_id=mobilization.id)
    if sign_up and person.get("confirmed"):
        sign_ups.confirm(sign_up)


def _propose(seeds: Seeds, day: DayOfAction, one: dict[str, Any], consent_text: str) -> None:
    """Record that an organization has proposed a mobilization, and perhaps that it was approved."""
    details = proposals.details_of(day, _described(one), _placed(seeds, one, None))
    said = _said(one, consent_text) | {"organization_name": one["organization"], "details": details}
    sign_up = sign_ups.ask(day.campaign, SignUpKind.HOST, cast("SignUpValues", said), day_of_action_id=day.id)
    if sign_up is None:
        raise AssertionError("the demo proposes each mobilization once")
    sign_ups.confirm(sign_up)
    if one.get("approved"):
        proposals.approve(sign_up, None, by=next(iter(seeds.users.values())))


def _said(person: dict[str, Any], consent_text: str) -> SignUpValues:
    return {
        "name": person["name"],
        "email": person.get("email"),
        "phone": person.get("phone"),
        "locale": "es",
        "country": None,
        "locality": None,
        "organization_name": None,
        "mandate": None,
        "decided_on": None,
        "is_named": False,
        "details": {},
        "consent_text": consent_text,
    }


def _described(one: dict[str, Any]) -> mobilizations.MobilizationValues:
    return {
        "title": one["title"],
        "languages": ["es"],
        "contact": None,
        "notes": one.get("notes"),
        "expected_turnout": one.get("expected"),
    }


def _placed(seeds: Seeds, one: dict[str, Any], starts: datetime | None) -> mobilizations.PlacedValues:
    return {
        "place": seeds.places[one["place"]],
        "address": one.get("address"),
        "timezone": None,
        "starts": starts,
        "duration_minutes": 120,
    }


def _local(today: date, at: dict[str, Any]) -> datetime:
    return datetime.combine(today + timedelta(days=at["day"]), time.fromisoformat(at["time"]))
