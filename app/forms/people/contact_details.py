"""The form for a contact detail."""

from flask_babel import lazy_gettext as _

from app.domain.people.contact_details import ContactDetailValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.models.people.people import ContactType
from app.wording.labels import label


class ContactDetailForm(Form):
    """A way to reach a person."""

    type = fields.one_of(_("Type"), ContactType, label, default=ContactType.EMAIL)
    value = fields.line(_("Address, number or description"), required=True)
    note = fields.line(_("Note"), help=_("For example, when to call."))
    valid_from = fields.day(_("First day of use"))
    valid_until = fields.day(_("Last day of use"))

    def values(self) -> ContactDetailValues:
        """Return the contact detail as it was typed."""
        return ContactDetailValues(
            type=self.type.data,
            value=given(self.value),
            note=given(self.note),
            valid_from=given(self.valid_from),
            valid_until=given(self.valid_until),
        )
