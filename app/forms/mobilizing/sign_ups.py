"""What somebody fills in who signs up on a public page."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import BooleanField, HiddenField
from wtforms.validators import DataRequired

from app import clock
from app.domain.mobilizing.sign_ups import SignUpValues, check_mandate, check_reachable
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.models.mobilizing.sign_ups import Mandate
from app.wording.labels import label

LEAST_SECONDS = 3
"""Nobody fills in such a form faster."""


class SignUpForm(Form):
    """Who signs up, and how to reach them; each kind adds what only it asks.

    Programs that fill in every field, or send the form at once, are told to send it again. A person who is taken for
    one loses nothing.
    """

    name = fields.line(_("Your name"), required=True, autocomplete="name")
    email = fields.email(
        _("Email address"), autocomplete="email", help=_("You will get an email with a link to confirm.")
    )
    phone = fields.phone(_("Phone"), help=_("If you have no email address: we will call you."))
    organization_name = fields.line(_("Union or organization"), autocomplete="organization")
    country = fields.select(_("Country"))
    locality = fields.line(_("Town"), autocomplete="address-level2")
    agreed = BooleanField(validators=[DataRequired(_("We need your consent to keep what you enter."))])
    nickname = HiddenField()
    """Not shown: only a program fills it in."""
    shown_at = HiddenField()
    """When the page was opened, signed."""

    def __init__(self, consent_text: str = "", **values: Any) -> None:
        """Ask for consent with these words."""
        super().__init__(**values)
        self.agreed.label.text = self.consent_text = consent_text
        self.check(check_reachable, "email", "phone")
        if self._opened_at() is None:
            self.shown_at.data = self._signer().dumps(int(clock.now().timestamp()))

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether everything is filled in, by a person."""
        valid = super().validate(extra_validators)
        opened_at = self._opened_at()
        in_haste = opened_at is None or (clock.now() - opened_at).total_seconds() < LEAST_SECONDS
        if not self.nickname.data and not in_haste:
            return valid
        self.form_errors.append(
            gettext("This was sent faster than a person can type. Wait a few seconds and send it again.")
        )
        return False

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
            details=self.details(),
            consent_text=self.consent_text,
        )

    def details(self) -> dict[str, Any]:
        """Return the answers to what only this kind asks."""
        return {}

    def _opened_at(self) -> datetime | None:
        try:
            return datetime.fromtimestamp(int(self._signer().loads(self.shown_at.data or "")), UTC)
        except (BadSignature, ValueError, TypeError, OverflowError):
            return None

    @staticmethod
    def _signer() -> URLSafeSerializer:
        return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="sign-up form")


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
