"""Separate itineraries."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.models.travel.journeys import Direction
from app.wording.labels import label


class PartyForm(Form):
    """The people of a delegation who have a separate itinerary."""

    direction = fields.one_of(_("Direction"), Direction, label, default=Direction.OUT)
    delegates = fields.choose_many(_("Travelers on this leg"), required=_("Choose who is traveling on this leg."))
