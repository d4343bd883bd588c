"""Why a problem affects a leg, as a sentence."""

from flask_babel import gettext

from app.models.travel.hits import HitKind
from app.models.travel.problems import EntityKind, InformedEntity
from app.queries.travel.impacts import Hit
from app.text import N_
from app.wording.labels import country_name
from app.wording.problems import entity_name, joined_name

_K = EntityKind
_REASONS = {
    _K.COUNTRY_AIRSPACE: N_("It flies to or from %(country)s while that airspace is closed."),
    _K.FIR: N_("It flies to or from an airport in the region %(what)s while that region is closed."),
    _K.COUNTRY: N_("It starts or ends in %(country)s, or passes through it, while the country is closed to travel."),
    _K.BORDER: N_("It crosses the land border of %(what)s while that border is closed."),
    _K.CROSSING: N_("It goes through %(what)s while that crossing is closed."),
    _K.PLACE: N_("It starts or ends at %(place)s while it is closed."),
    _K.ROAD: N_("It uses the road %(what)s while that road is closed."),
    _K.MODE: N_("It travels %(what)s, which is not possible at that time."),
    _K.CARRIER: N_("%(carrier)s is not operating at that time."),
    _K.ALLIANCE: N_("Its carrier belongs to %(what)s, whose carriers are not operating at that time."),
    _K.CARRIERS_OF: N_("Its carrier belongs to %(what)s, whose carriers are not operating at that time."),
    _K.LEG: N_("This leg itself is canceled."),
    _K.PERSON: N_("%(what)s cannot travel at that time."),
}


def reason(hit: Hit, entity: InformedEntity) -> str:
    """Return why a leg is affected, or has to make a detour: by which of the problem's entities."""
    what = entity_name(entity)
    if hit.kind is HitKind.KNOCK_ON:
        return str(gettext("It will be missed because an earlier leg is affected."))
    if entity.group_number is not None and hit.kind is HitKind.DIRECT:
        group = next(group for group in entity.problem.groups if entity in group)
        return str(gettext("It is covered by this closure: %(what)s.", what=joined_name(group)))
    if hit.kind is HitKind.PASSAGE:
        return str(
            gettext(
                "The fastest known way passes through %(country)s, which is closed to it at that time. Check the way.",
                country=country_name(entity.country or ""),
            )
        )
    if hit.kind is HitKind.DETOUR and entity.kind is EntityKind.FIR:
        return str(
            gettext("It may fly through the region %(what)s while that region is closed: expect a detour.", what=what)
        )
    if hit.kind is HitKind.DETOUR:
        return str(gettext("It flies over %(what)s while that airspace is closed: expect a detour.", what=what))
    if entity.kind is EntityKind.NATIONALITY:
        return str(
            gettext(
                "It enters %(country)s, which refuses travelers of this nationality: %(nationality)s.",
                country=country_name(entity.country or ""),
                nationality=country_name(entity.nationality or ""),
            )
        )
    return str(gettext(_REASONS[entity.kind], what=what, country=what, place=what, carrier=what))
