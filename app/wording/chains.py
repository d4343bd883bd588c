"""Why the legs of a journey do not hold together, as a sentence."""

from flask_babel import gettext

from app.queries.travel.chains import Flaw, Gap


def broken_chain(gap: Gap) -> str:
    """Return why a leg does not continue the journey."""
    before = f"{gap.before.origin.name} → {gap.before.destination.name}"
    if gap.flaw is Flaw.LOST_BEFORE:
        return str(gettext("The leg %(way)s, which was to lead here, was canceled or missed.", way=before))
    if gap.flaw is Flaw.OVERLAP:
        return str(gettext("It departs before the previous leg arrives."))
    return str(
        gettext(
            "The previous leg ends in %(end)s, and this one starts in %(start)s.",
            end=gap.before.destination.called,
            start=gap.leg.origin.called,
        )
    )
