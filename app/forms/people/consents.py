"""The forms for a consent."""

from flask_babel import lazy_gettext as _

from app.domain.people.consents import ConsentValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.models.people.consents import ConsentMeans, ConsentPurpose
from app.wording.labels import label


class ConsentForm(Form):
    """What a person agreed to, when, how, and in which words."""

    purpose = fields.one_of(_("What the person agrees to"), ConsentPurpose, label, default=ConsentPurpose.EMAIL)
    given_at = fields.day(_("Given on"), required=True)
    how = fields.one_of(_("How it was given"), ConsentMeans, label, default=ConsentMeans.FORM)
    words = fields.lines(
        _("The words that the person agreed to"),
        required=True,
        help=_("Copy them exactly as they were on the form, or as they were said. They cannot be changed later."),
    )

    def values(self) -> ConsentValues:
        """Return the consent as it was typed."""
        return ConsentValues(
            purpose=self.purpose.data, given_at=given(self.given_at), how=self.how.data, words=given(self.words)
        )


class WithdrawalForm(Form):
    """When and how a person withdrew a consent."""

    withdrawn_at = fields.day(_("Withdrawn on"), required=True)
    withdrawn_how = fields.one_of(_("How it was withdrawn"), ConsentMeans, label, default=ConsentMeans.PHONE)
