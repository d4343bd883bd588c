"""Why the legs of a journey do not hold together, as a sentence."""

from flask_babel import gettext

from app.queries.travel.chains import Flaw, Gap
from app.wording.labels import way
from app.wording.places import place_called


def broken_chain(gap: Gap) -> str:
    """Return why a leg does not continue the journey."""
    if gap.flaw is Flaw.LOST_BEFORE:
        return str(gettext("The leg %(way)s, which was to lead here, was canceled or missed.", way=way(gap.before)))
    if gap.flaw is Flaw.OVERLAP:
        return str(gettext("It departs before the previous leg arrives."))
    return str(
        gettext(
            "The previous leg ends in %(end)s, and this one starts in %(start)s.",
            end=place_called(gap.before.destination),
            start=place_called(gap.leg.origin),
        )
    )
