"""Congresses."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.models.congress.congresses import CongressStatus
from app.wording.labels import label


class CongressForm(Form):
    """A congress: what, where, when."""

    title = fields.line(_("Title"), required=True)
    edition = fields.line(_("Edition"), longest=80, help=_("Such as “First” or “III”."))
    theme = fields.line(_("Theme"))
    locality = fields.line(_("Town"), required=True)
    country = fields.select(_("Country"), required=True)
    venue = fields.line(_("Venue"), help=_("The house or hall, where it may be known."))
    timezone = fields.zone(_("Time zone of the place"), help=_("Days and hours of the congress are in it."))
    start_date = fields.day(_("First day"), required=True)
    end_date = fields.day(_("Last day"), required=True)
    status = fields.one_of(_("Status"), CongressStatus, label, default=CongressStatus.CONFIRMED)
