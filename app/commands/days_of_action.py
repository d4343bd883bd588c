"""The day of action of the demo: invented, in five time zones, dated relative to the day it is loaded."""

from datetime import date, datetime, time, timedelta
from typing import Any

from app import clock
from app.commands.baseline import read
from app.commands.seeds import Seeds
from app.domain.mobilizing import days_of_action, mobilizations, sign_ups
from app.models.mobilizing.days_of_action import Synchronization
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
    held = values["held"]
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


def _sign_up(mobilization: Mobilization, person: dict[str, Any], consent_text: str) -> None:
    """Record that somebody wants to attend; someone with only a phone number waits for a call."""
    sign_up = sign_ups.ask(
        mobilization.campaign,
        SignUpKind.ATTEND,
        {
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
        },
        mobilization_id=mobilization.id,
    )
    if sign_up and person.get("confirmed"):
        sign_ups.confirm(sign_up)


def _described(one: dict[str, Any]) -> mobilizations.MobilizationValues:
    return {
        "title": one["title"],
        "languages": ["es"],
        "contact": None,
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
