"""Route problems."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from app.forms import fields
from app.forms.base import Form
from app.forms.picking import PickField
from app.labels import label
from app.models.problems import Cause, Effect, EntityKind, Severity, Verification


class ProblemForm(Form):
    """What happened, what it touches, when, and who says so."""

    kind = fields.one_of(_("What is touched"), EntityKind, label, default=EntityKind.COUNTRY_AIRSPACE)
    country = fields.select(_("Which country"), help=_("For an airspace or a whole country."))
    place = PickField(_("Which place"), help=_("For an airport, a crossing or a port."))
    carrier = fields.line(
        _("Which carrier"), longest=200, list="carriers", autocomplete="off", help=_("For a carrier.")
    )
    effect = fields.one_of(
        _("Effect"),
        Effect,
        label,
        default=Effect.NO_SERVICE,
        help=_("Only a closure hits legs; the others are warnings."),
    )
    starts = fields.moment(_("Since"), required=True)
    ends = fields.moment(_("Until"), help=_("Leave it empty where no end is in sight."))
    end_estimated = BooleanField(_("This end is an estimate"))
    cause = fields.one_of(_("Cause"), Cause, label, default=Cause.AIRSPACE_CLOSED)
    severity_level = fields.one_of(_("Severity"), Severity, label, default=Severity.SEVERE)
    cause_detail = fields.lines(_("In words"), longest=5000)
    verification = fields.one_of(_("Confirmed?"), Verification, label, default=Verification.UNVERIFIED)
    reference = fields.line(_("Reference"), longest=80, help=_("Such as the number of a NOTAM."))
    source_url = fields.web_address(_("Source"), help=_("The address of a page."))
