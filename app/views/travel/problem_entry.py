"""From what is typed about route problems to what the domain takes, and back."""

from typing import Any

from app.forms.travel.problems import ENTITY_FIELDS, EntityForm, PeriodForm, ProblemForm
from app.models.congress.congresses import Congress
from app.models.travel.problems import ActivePeriod, InformedEntity
from app.queries.travel import places, travel
from app.times import to_instant, to_local
from app.views.congress import choices as congress_choices
from app.views.travel import choices as travel_choices
from app.web import choices


def offer(form: EntityForm, congress: Congress) -> None:
    """Hand the form what it lets people choose from."""
    for field in (form.country, form.other_country, form.nationality):
        field.offer(choices.countries())
    travel_choices.offer_places(form.place, congress.id)
    travel_choices.offer_places(form.other_place, congress.id)
    travel_choices.offer_crossings(form.crossing)
    travel_choices.offer_legs(form.leg, congress.id)
    congress_choices.offer_delegates(form.delegate, congress.id)


def carrier_names(congress: Congress) -> list[str]:
    """Return the carriers and alliances that are suggested: those of the congress's legs first."""
    return [*dict.fromkeys((*travel.carriers(congress.id), *places.alliances()))]


def entity(form: EntityForm) -> Any:
    """Return what the problem touches, as the domain takes it."""
    return {name: form[name].data or None for name in ENTITY_FIELDS}


def typed_entity(touched: InformedEntity) -> dict[str, Any]:
    """Return an entity as the form shows it."""
    return {name: getattr(touched, name) for name in ENTITY_FIELDS} | {"mode": touched.mode or "air"}


def period(form: PeriodForm, congress: Congress) -> Any:
    """Return when the problem holds, in instants; daily hours are by the congress's clocks unless said otherwise."""
    starts: Any = form.starts.data
    ends = form.ends.data
    return {
        "starts_at": to_instant(starts, congress.timezone, "starts"),
        "ends_at": to_instant(ends, congress.timezone, "ends") if ends else None,
        "daily_from": form.daily_from.data,
        "daily_until": form.daily_until.data,
        "timezone": form.timezone.data or congress.timezone,
    }


def typed_period(held: ActivePeriod, congress: Congress) -> dict[str, Any]:
    """Return a period as the form shows it."""
    return {
        "starts": to_local(held.starts_at, congress.timezone),
        "ends": to_local(held.ends_at, congress.timezone) if held.ends_at else None,
        "daily_from": held.daily_from,
        "daily_until": held.daily_until,
        "timezone": held.timezone,
    }


def problem(form: ProblemForm, congress: Congress) -> Any:
    """Return all of a problem, with its first period and the first thing that it touches."""
    facts = (
        "cause", "effect", "severity_level", "cause_detail", "verification", "reference", "source_url", "source_quote",
    )  # fmt: skip
    values = {name: form[name].data or None for name in facts}
    values["end_estimated"] = bool(form.end_estimated.data)
    return values | period(form, congress) | {"entities": [entity(form)]}
