"""The form that adds an organization to a campaign."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.forms.picking import PickField
from app.models.campaigns.partners import PartnerRole
from app.wording.labels import label


class PartnerForm(Form):
    """An organization, and what it does in the campaign."""

    organization = PickField(_("Organization"), required=True, help=_("Start typing, then choose."))
    role = fields.one_of(_("What it does"), PartnerRole, label, default=PartnerRole.TAKES_PART)
