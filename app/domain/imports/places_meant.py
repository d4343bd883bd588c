"""Which recorded place the text of a cell means. Places are never guessed, and never recorded by an import."""

from app.domain.imports.fields import Field
from app.domain.imports.reasons import Code, reason
from app.domain.imports.rows import RefusedError
from app.models.travel.places import Place
from app.queries.travel import places
from app.text import plain

_SUGGESTED = 5


def place_meant(text: str, field: Field, home: str | None = None) -> Place:
    """Return the place that is called exactly so: by its code, its label, its name, or its name and country.

    Of several with the same name, the only one in the country `home` is meant, as in forms. Raises RefusedError with
    suggestions.
    """
    found = places.meant_by(text, home)
    called = [place for place, is_called in found if is_called]
    near = [place for place in called if place.country == home]
    coded = [place for place in called if plain(place.code or "") == plain(text)]
    meant = next((some for some in (called, coded, near) if len(some) == 1), None)
    if meant:
        return meant[0]
    suggested = " · ".join(place.label for place in (called or [place for place, _is_called in found])[:_SUGGESTED])
    code = Code.SEVERAL_PLACES if called else Code.UNKNOWN_PLACE
    raise RefusedError(reason(code, field, text[:80], suggested))
