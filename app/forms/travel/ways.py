"""Conditions for an alternative route. They are sent with GET, so that a search can be shared and repeated."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Question
from app.forms.picking import PickField
from app.routing.wishes import Preference
from app.wording.labels import label


class WaysForm(Question):
    """Origin, times, and what to avoid."""

    origin = PickField(_("From"), help=_("If left blank, the route starts where the delegation is."))
    starts = fields.moment(_("Depart after"), help=_("Local time at the origin."))
    latest = fields.moment(_("Arrive by"), help=_("Local time at the congress."))
    avoid = fields.line(
        _("Avoid transit through"),
        help=_("Country names or codes, separated by commas. For example: US, GB."),
        autocapitalize="characters",
    )
    carriers = fields.line(_("Avoid these carriers"), help=_("Names or codes, separated by commas."))
    preference = fields.one_of(_("Prefer"), Preference, label, default=Preference.FASTEST)
