"""What a search for alternative routes asks for, read from the query string."""

from flask import request
from flask_babel import gettext

from app.countries import codes_in
from app.domain_errors import DomainError
from app.forms.travel.ways import WaysForm
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.queries.travel import carriers
from app.queries.travel.ways import RouteConstraints
from app.times import to_instant
from app.views.travel import choices as travel_choices

_TYPED = ("origin", "starts", "latest", "avoid", "carriers", "preference")
FIELDS = (*_TYPED, *(f"{name}-{part}" for name in ("origin", "starts", "latest") for part in ("choice", "about")))
"""The parameters of a search: what was typed, and the choices if it was ambiguous."""


def form_for(congress: Congress, delegation: Delegation) -> WaysForm:
    """Return the form with what the query string says."""
    form = WaysForm()
    travel_choices.offer_places(form.origin, congress.id, home=delegation.country, records=False)
    if "preference" not in request.args:
        form.preference.data = form.preference.default
    return form


def asked(form: WaysForm, congress: Congress) -> RouteConstraints | None:
    """Return the search criteria in the query string; None if they are unclear, with errors on the fields."""
    if not _is_clear(form):
        return None
    origin = form.origin.data
    zone = origin.timezone if origin else congress.timezone
    named = (carriers.meant(text) for text in _listed(form.carriers.data))
    try:
        return RouteConstraints(
            origin=origin,
            starts_at=to_instant(form.starts.data, zone, "starts") if form.starts.data else None,
            latest_at=to_instant(form.latest.data, congress.timezone, "latest") if form.latest.data else None,
            avoid_countries=frozenset(codes_in(form.avoid.data or "")[0]),
            avoid_carriers=frozenset(one.id for one in named if one),
            preference=form.preference.data,
        )
    except DomainError as error:
        form.add_error(error)
        return None


def _is_clear(form: WaysForm) -> bool:
    """Return whether all named countries and carriers are known; none is ignored silently."""
    clear = bool(form.validate())
    for text in codes_in(form.avoid.data or "")[1]:
        form.avoid.errors = (*form.avoid.errors, gettext("“%(text)s” is not a known country.", text=text))
        clear = False
    for text in _listed(form.carriers.data):
        if carriers.meant(text) is None:
            unknown = gettext("“%(text)s” is not a known carrier.", text=text)
            form.carriers.errors = (*form.carriers.errors, unknown)
            clear = False
    return clear


def _listed(text: str | None) -> list[str]:
    return [one.strip() for one in (text or "").split(",") if one.strip()]
