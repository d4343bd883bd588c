"""What somebody fills in who signs up on a public page."""

from enum import StrEnum
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import DataRequired

from app.domain.mobilizing.sign_ups import SignUpValues, check_mandate, check_reachable
from app.forms import fields
from app.forms.fields import given
from app.forms.mobilizing.trapped import TrappedForm
from app.models.mobilizing.sign_ups import Mandate
from app.wording.labels import label


class SignUpForm(TrappedForm):
    """Who signs up, and how to reach them; each kind adds what only it asks."""

    name = fields.line(_("Your name"), required=True, autocomplete="name")
    email = fields.email(
        _("Email address"), autocomplete="email", help=_("You will get an email with a link to confirm.")
    )
    phone = fields.phone(_("Phone"), help=_("If you have no email address: we will call you."))
    organization_name = fields.line(_("Union or organization"), autocomplete="organization")
    country = fields.select(_("Country"))
    locality = fields.line(_("Town"), autocomplete="address-level2")
    agreed = BooleanField(validators=[DataRequired(_("We need your consent to keep what you enter."))])

    def __init__(self, consent_text: str = "", **values: Any) -> None:
        """Ask for consent with these words."""
        super().__init__(**values)
        self.agreed.label.text = self.consent_text = consent_text
        self.check(check_reachable, "email", "phone")

    def values(self, locale: str) -> SignUpValues:
        """Return what was filled in on a page in this language."""
        return SignUpValues(
            name=given(self.name),
            email=given(self.email),
            phone=given(self.phone),
            locale=locale,
            country=given(self.country),
            locality=given(self.locality),
            organization_name=given(self.organization_name),
            mandate=None,
            decided_on=None,
            is_named=True,
            details=self.details(),
            consent_text=self.consent_text,
        )

    def details(self) -> dict[str, Any]:
        """Return the answers to what only this kind asks."""
        return {}


class MandateForm(SignUpForm):
    """A sign-up in which somebody says for whom: an endorsement, or a signature."""

    SHOWN: ClassVar[dict[str, tuple[StrEnum, ...]]] = {"decided_on": (Mandate.ASSEMBLY,)}

    mandate = fields.one_of(
        _("On whose behalf"), Mandate, lambda one: label(one).capitalize(), default=Mandate.PERSONAL
    )
    decided_on = fields.day(_("Day of the decision"))

    def __init__(self, consent_text: str = "", **values: Any) -> None:
        super().__init__(consent_text, **values)
        self.check(check_mandate, "organization_name", "mandate", "decided_on")

    def values(self, locale: str) -> SignUpValues:
        """Return what was filled in; a day of decision counts only for an assembly."""
        values = super().values(locale)
        values["mandate"] = self.mandate.data
        values["decided_on"] = self.decided_on.data if self.mandate.data is Mandate.ASSEMBLY else None
        return values
