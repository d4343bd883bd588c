"""People."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from app.domain.people.people import PersonValues
from app.forms import fields
from app.forms.fields import given
from app.forms.people.custom_values import FormWithOwnFields
from app.forms.picking import PickField


class PersonForm(FormWithOwnFields):
    """A person; enter no more than the congress or campaign needs."""

    given_name = fields.line(_("Given names"), required=True)
    family_name = fields.line(_("Family names"))
    family_name_first = BooleanField(_("The family name comes first"))
    organization = PickField(_("Organization"), help=_("Start typing, then choose."))
    post = fields.line(_("Position"), help=_("The person’s role there."))
    country = fields.select(_("Country"))
    nationality = fields.select(_("Nationality"), help=_("As shown in the passport. It affects visas and refusals."))
    locality = fields.line(_("Town"))
    preferred_language = PickField(
        _("Language"), help=_("A language name or code. Emails are sent in this language if a translation exists.")
    )
    email = fields.email(_("Email address"))
    phone = fields.phone(_("Phone"), help=_("A phone number, or how to reach the person."))

    is_at_risk = BooleanField(
        _("This person is at risk"),
        description=_(
            "Phone numbers and other contact details, except for email addresses, are encrypted. Only coordinators and "
            "admins see them, and every look is recorded."
        ),
    )

    def leave_out(self, *names: str) -> None:
        """Remove what the reader may not see or decide; it stays as it is."""
        for name in names:
            delattr(self, name)

    def values(self) -> PersonValues:
        """Return the person as they were typed."""
        return PersonValues(
            given_name=given(self.given_name),
            family_name=given(self.family_name),
            family_name_first=self.family_name_first.data,
            organization=self.organization.picked(),
            post=given(self.post),
            country=given(self.country),
            nationality=given(self.nationality),
            locality=given(self.locality),
            preferred_language=given(self.preferred_language),
            email=given(self.email),
            phone=given(self.phone) if "phone" in self else None,
            is_at_risk=self.is_at_risk.data if "is_at_risk" in self else None,
        )


class NewPersonForm(PersonForm):
    """A person, and the congress or campaign that they are recorded for."""

    subject = fields.select(_("Visible to"), help=_("Only people who work on it can see this person."))
