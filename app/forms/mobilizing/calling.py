"""What somebody said on the phone."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.models.mobilizing.sign_ups import CallOutcome
from app.wording.labels import label


class OutcomeForm(Form):
    """The outcome of a call."""

    outcome = fields.one_of(_("Outcome"), CallOutcome, label)
