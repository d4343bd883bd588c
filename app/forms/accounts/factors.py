"""One-time codes."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from app.forms import fields
from app.forms.accounts.passkeys import AnsweredForm
from app.forms.base import Form
from app.forms.presence import Where


class CodeForm(Form):
    """A code from the phone."""

    code = fields.line(_("Code"), required=True, autocomplete="one-time-code")


class CodeStepForm(AnsweredForm):
    """A code or the answer of a passkey, after the password, and where to go afterwards."""

    code = fields.line(_("Code"), required=Where("credential", "", None), autocomplete="one-time-code")
    proof = HiddenField()
    next = HiddenField()
    kept = HiddenField()
