"""What somebody fills in who signs a statement, and the instant of an edition."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField

from app.domain.mobilizing.sign_ups import SignUpValues
from app.forms import fields
from app.forms.base import Question
from app.forms.mobilizing.sign_ups import MandateForm


class SignatureForm(MandateForm):
    """A signature under the version of a statement that the page shows."""

    is_named = BooleanField(_("Show my name in the public list"), default=True)
    version = HiddenField()
    """The number of the version that was read."""

    def __init__(self, consent_text: str = "", number: int = 0, **values: Any) -> None:
        super().__init__(consent_text, version=str(number), **values)
        self._shown = str(number)

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether it is a signature under the shown version; if not, the page shows that one from now on."""
        valid = super().validate(extra_validators)
        self.version.data = self._shown
        return valid

    def values(self, locale: str) -> SignUpValues:
        """Return what was filled in."""
        values = super().values(locale)
        values["is_named"] = bool(self.is_named.data)
        return values


class EditionForm(Question):
    """The version and the instant of an edition, in the zone of the campaign."""

    as_of = fields.moment(_("As of"))
    version = HiddenField()

    def kept(self) -> dict[str, Any]:
        """Return the same edition as a query string."""
        as_of = self.sound(self.as_of)
        kept = {"as_of": f"{as_of:%Y-%m-%dT%H:%M}" if as_of else "", "version": self.version.data}
        return {name: value for name, value in kept.items() if value}
