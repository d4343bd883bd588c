"""The form for a return journey."""

from datetime import datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field

from app.domain.travel.return_journeys import ReturnJourney
from app.forms import fields
from app.forms.fields import given
from app.forms.previewing import PreviewForm
from app.wording.places import place_name


class ReturnJourneyForm(PreviewForm):
    """The journey to reverse, and when the return begins; the preview has the times of each leg."""

    journey = fields.select(_("Journey to the congress"), coerce=fields.number_or_none)
    departs = fields.moment(_("Departs for home"), required=True, help=_("Local time at the end of the journey."))

    def fields_for(self, draft: ReturnJourney) -> dict[str, tuple[Field, object]]:
        """Return a departure and an arrival for each leg."""
        asked: dict[str, tuple[Field, object]] = {}
        for position, leg in enumerate(draft.legs):
            departs = gettext("Departs from %(place)s", place=place_name(leg.origin))
            arrives = gettext("Arrives in %(place)s", place=place_name(leg.destination))
            asked[f"departs-{position}"] = (fields.moment(departs, required=True), leg.departs)
            asked[f"arrives-{position}"] = (fields.moment(arrives, required=True), leg.arrives)
        return asked

    def begins(self) -> datetime:
        """Return the departure, in the local time of the place where the outbound journey ended."""
        departs: datetime = given(self.departs)
        return departs

    def times(self, draft: ReturnJourney) -> list[tuple[datetime, datetime]]:
        """Return the departure and arrival of each leg as they were typed."""
        return [
            (self[f"departs-{position}"].data, self[f"arrives-{position}"].data) for position in range(len(draft.legs))
        ]
