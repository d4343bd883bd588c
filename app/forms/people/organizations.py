"""Organizations."""

from flask_babel import lazy_gettext as _

from app.domain.people.organizations import OrganizationValues
from app.forms import fields
from app.forms.base import Part
from app.forms.fields import given
from app.forms.people.custom_values import FormWithOwnFields
from app.models.people.organizations import Classification
from app.wording.labels import label


class OrganizationPart(Part):
    """The fields needed to create an organization besides its name."""

    country = fields.select(_("Country"), required=True)
    classification = fields.one_of(_("Kind"), Classification, label, default=Classification.UNION)

    def values(self, name: str) -> OrganizationValues:
        """Return an organization with this name; its other fields can be filled in later."""
        return OrganizationValues(
            name=name,
            acronym=None,
            classification=self.classification.data,
            sector=None,
            country=self.country.data,
            website=None,
        )


class OrganizationForm(FormWithOwnFields):
    """An organization."""

    name = fields.line(_("Name"), required=True)
    acronym = fields.line(_("Acronym"), longest=80)
    classification = fields.one_of(_("Kind"), Classification, label, default=Classification.UNION)
    sector = fields.line(_("Sector"), longest=80, help=_("For example: education, docks, textiles."))
    country = fields.select(_("Country"), required=True)
    website = fields.web_address(_("Website"))

    def values(self) -> OrganizationValues:
        """Return the organization as it was typed."""
        return OrganizationValues(
            name=given(self.name),
            acronym=given(self.acronym),
            classification=self.classification.data,
            sector=given(self.sector),
            country=self.country.data,
            website=given(self.website),
        )
