"""The forms for another name and a contact detail of an organization."""

from flask_babel import lazy_gettext as _

from app.domain.people.organization_parts import OrganizationContactValues, OrganizationNameValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.models.people.organizations import OrganizationContactType, OrganizationNameKind
from app.wording.labels import label


class OrganizationNameForm(Form):
    """A name of an organization besides the usual one."""

    kind = fields.one_of(_("Used"), OrganizationNameKind, label, default=OrganizationNameKind.FORMER)
    name = fields.line(_("Name"), required=True)

    def values(self) -> OrganizationNameValues:
        """Return the name as it was typed."""
        return OrganizationNameValues(kind=self.kind.data, name=given(self.name))


class OrganizationContactForm(Form):
    """A way to reach an organization."""

    type = fields.one_of(_("Type"), OrganizationContactType, label, default=OrganizationContactType.ADDRESS)
    value = fields.line(_("Address, number or description"), required=True)
    note = fields.line(_("Note"), help=_("For example: head office, open in the mornings."))
    valid_from = fields.day(_("First day of use"))
    valid_until = fields.day(_("Last day of use"))

    def values(self) -> OrganizationContactValues:
        """Return the contact detail as it was typed."""
        return OrganizationContactValues(
            type=self.type.data,
            value=given(self.value),
            note=given(self.note),
            valid_from=given(self.valid_from),
            valid_until=given(self.valid_until),
        )
