"""Route problems and what they affect, as text."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext

from app.extensions import db
from app.models.congress.delegations import Delegate
from app.models.travel.journeys import Leg
from app.models.travel.places import Crossing, Mode, Place
from app.models.travel.problems import Effect, EntityKind, InformedEntity, RouteProblem, columns_of
from app.text import N_
from app.wording.labels import country_name, label, way
from app.wording.places import place_name


def problem_title(problem: RouteProblem) -> str:
    """Return a short title of a problem: `Airspace of Venezuela closed to all carriers`, `Warning for Quito: long delays`."""
    titles = [group_title(group, closed=problem.closes) for group in problem.groups]
    title = "; ".join(titles) or label(problem.cause).capitalize()
    if problem.closes or problem.effect in _VAGUE:
        return title
    return str(gettext("%(title)s: %(effect)s", title=title, effect=label(problem.effect)))


_TITLES = {
    EntityKind.COUNTRY_AIRSPACE: (
        N_("Airspace of %(what)s closed to all carriers"),
        N_("Warning for the airspace of %(what)s"),
    ),
    EntityKind.FIR: (
        N_("Flight information region %(what)s closed"),
        N_("Warning for flight information region %(what)s"),
    ),
    EntityKind.COUNTRY: (N_("%(what)s closed to travel"), N_("Warning for travel in %(what)s")),
    EntityKind.BORDER: (N_("Land border of %(what)s closed"), N_("Warning for the land border of %(what)s")),
    EntityKind.ROAD: (N_("Road %(what)s closed"), N_("Warning for the road %(what)s")),
    EntityKind.MODE: (N_("No travel %(what)s"), N_("Warning for travel %(what)s")),
    EntityKind.CARRIER: (N_("%(what)s is not operating"), N_("Warning for %(what)s")),
    EntityKind.ALLIANCE: (N_("No carriers of %(what)s are operating"), N_("Warning for the carriers of %(what)s")),
    EntityKind.CARRIERS_OF: (N_("No carriers of %(what)s are operating"), N_("Warning for the carriers of %(what)s")),
    EntityKind.NATIONALITY: (N_("Entry refused: %(what)s"), N_("Entry warning: %(what)s")),
    EntityKind.PERSON: (N_("%(what)s cannot travel"), N_("Warning for %(what)s")),
}
_CLOSED = (N_("%(what)s closed"), N_("Warning for %(what)s"))
_VAGUE = (Effect.OTHER_EFFECT, Effect.UNKNOWN_EFFECT, Effect.NO_EFFECT)
"""Effects that a title does not name, because they say nothing about the problem."""


def group_title(group: Sequence[InformedEntity], *, closed: bool) -> str:
    """Return a short title of joined entities: `Carriers of Qatar; only: airspace of Saudi Arabia`."""
    title = entity_title(group[0], closed=closed)
    if len(group) == 1:
        return title
    return str(gettext("%(title)s, only %(where)s", title=title, where=_listed(group[1:])))


def joined_name(group: Sequence[InformedEntity]) -> str:
    """Return what joined entities cover together: `carriers of Qatar, and only with the airspace of Saudi Arabia`."""
    first = _described(group[0])
    return str(gettext("%(first)s, only %(where)s", first=first, where=_listed(group[1:]))) if group[1:] else first


def _listed(group: Sequence[InformedEntity]) -> str:
    parts = [_described(entity) for entity in group]
    return str(gettext(" and ")).join(parts)


_TOGETHER = {
    EntityKind.COUNTRY_AIRSPACE: N_("in the airspace of %(what)s"),
    EntityKind.FIR: N_("in the flight information region %(what)s"),
    EntityKind.COUNTRY: N_("from, to or through %(what)s"),
    EntityKind.BORDER: N_("across the land border of %(what)s"),
    EntityKind.CROSSING: N_("through the crossing %(what)s"),
    EntityKind.PLACE: N_("from or to %(what)s"),
    EntityKind.ROAD: N_("on the road %(what)s"),
    EntityKind.MODE: N_("by this mode: %(what)s"),
    EntityKind.CARRIER: N_("with %(what)s"),
    EntityKind.ALLIANCE: N_("with carriers of %(what)s"),
    EntityKind.CARRIERS_OF: N_("with carriers of %(what)s"),
    EntityKind.NATIONALITY: N_("for travelers %(what)s"),
    EntityKind.LEG: N_("on the leg %(what)s"),
    EntityKind.PERSON: N_("for %(what)s"),
}
"""An entity as one condition among several, after the word only."""


def _described(entity: InformedEntity) -> str:
    return str(gettext(_TOGETHER[entity.kind], what=entity_name(entity)))


def entity_title(entity: InformedEntity, *, closed: bool) -> str:
    """Return a short title of what is closed, or of what the warning is about."""
    closure, warning = _TITLES.get(entity.kind, _CLOSED)
    return str(gettext(closure if closed else warning, what=entity_name(entity)))


def entity_name(entity: InformedEntity) -> str:
    """Return the name of an entity: a country, two places, a person."""
    match entity.kind:
        case EntityKind.BORDER if entity.other_country:
            return f"{country_name(entity.country or '')} – {country_name(entity.other_country)}"
        case EntityKind.ROAD:
            ends = (entity.place, entity.other_place)
            return " – ".join(place_name(end) if end else "" for end in ends)
        case EntityKind.MODE if entity.mode:
            where = f" ({country_name(entity.country)})" if entity.country else ""
            return f"{label(entity.mode)}{where}"
        case EntityKind.NATIONALITY:
            return f"{country_name(entity.nationality or '')} → {country_name(entity.country or '')}"
        case EntityKind.LEG if entity.leg:
            return way(entity.leg)
        case EntityKind.PERSON if entity.delegate:
            return entity.delegate.person.full_name
    if entity.place and not entity.crossing:
        return place_name(entity.place)
    return (
        entity.crossing.name if entity.crossing else entity.fir or entity.carrier or country_name(entity.country or "")
    )


def entity_kind(entity: InformedEntity) -> str:
    """Return what kind of thing an entity is: `a carrier`, or for a place `airport`."""
    return label(entity.place.kind if entity.kind is EntityKind.PLACE and entity.place else entity.kind)


_ROWS: dict[str, type[Any]] = {
    "place_id": Place,
    "other_place_id": Place,
    "crossing_id": Crossing,
    "leg_id": Leg,
    "delegate_id": Delegate,
}
"""The models of the columns that refer to rows."""


def recorded_entity(kind: str, *values: Any) -> str:
    """Return an entity as the history has kept it, by its name: `airport: Quito`; without one if it was removed since."""
    entity = InformedEntity(kind=EntityKind(kind))
    for column, value in zip(columns_of(entity.kind), values, strict=False):
        if column in _ROWS:
            setattr(entity, column.removesuffix("_id"), db.session.get(_ROWS[column], value) if value else None)
        else:
            setattr(entity, column, Mode(value) if column == "mode" else value)
    return ": ".join(part for part in (entity_kind(entity), entity_name(entity)) if part)
