"""Organizations."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.models.people.organizations import Classification
from app.wording.labels import label


class OrganizationForm(Form):
    """An organization."""

    name = fields.line(_("Name"), required=True)
    acronym = fields.line(_("Acronym"), longest=80)
    classification = fields.one_of(_("Kind"), Classification, label, default=Classification.UNION)
    sector = fields.line(_("Sector"), longest=80, help=_("Such as education, docks, textile."))
    country = fields.select(_("Country"), required=True)
    website = fields.web_address(_("Website"))
