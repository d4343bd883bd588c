"""Choices and rules for the forms of route problems, and the values of saved ones."""

from typing import Any

from app.domain.travel import problems
from app.forms.travel.problems import ENTITY_FIELDS, PERIOD_FIELDS, EntityForm, PeriodForm
from app.models.congress.congresses import Congress
from app.models.travel.problems import ActivePeriod, InformedEntity
from app.queries.travel import legs, places
from app.times import to_typed
from app.views.congress import choices as congress_choices
from app.views.travel import choices as travel_choices
from app.web import choices


def offer(form: EntityForm, congress: Congress) -> None:
    """Set the choices of the form, and its rules for affected entities."""
    form.check(lambda *_: problems.entity_of(congress.id, form.entity()), *ENTITY_FIELDS)
    for field in (form.country, form.other_country, form.nationality):
        field.offer(choices.countries())
    travel_choices.offer_places(form.place, congress.id)
    travel_choices.offer_places(form.other_place, congress.id)
    travel_choices.offer_crossings(form.crossing)
    travel_choices.offer_legs(form.leg, congress.id)
    congress_choices.offer_delegates(form.delegate, congress.id)


def check_period(form: PeriodForm, congress: Congress) -> None:
    """Set the form's rules for periods, in the congress's time zone."""
    form.check(lambda *_: problems.check_period(form.period(congress.timezone)), *PERIOD_FIELDS)


def carrier_names(congress: Congress) -> list[str]:
    """Return the suggested carriers and alliances, those of the congress's legs first."""
    return [*dict.fromkeys((*legs.carriers(congress.id), *places.alliances()))]


def typed_entity(touched: InformedEntity) -> dict[str, Any]:
    """Return an entity as form values."""
    return {name: getattr(touched, name) for name in ENTITY_FIELDS} | {"mode": touched.mode or "air"}


def typed_period(held: ActivePeriod, congress: Congress) -> dict[str, Any]:
    """Return a period as form values."""
    return {
        "starts": to_typed(held.starts_at, congress.timezone),
        "ends": to_typed(held.ends_at, congress.timezone) if held.ends_at else None,
        "daily_from": held.daily_from,
        "daily_until": held.daily_until,
        "timezone": held.timezone,
    }
