"""What is searched in the lists of mobilizing."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.listing import ListForm


class SignUpListForm(ListForm):
    """The sign-ups of a campaign."""

    kind = fields.select(_("What for"))
