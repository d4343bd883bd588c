"""What organizers decide about sign-ups that need their consent."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.forms.picking import PickField


class ApprovalForm(Form):
    """The organization that is named as the host of an approved mobilization."""

    host = PickField(_("Host organization"), help=_("It is shown on the public page."))


class DeclineForm(Form):
    """Why something that somebody asked for is declined."""

    reason = fields.lines(_("Reason"), longest=500, rows=3, required=True, help=_("The person is told."))
