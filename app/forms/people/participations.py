"""The form for a participation."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form


class ParticipationForm(Form):
    """A congress or campaign that a person takes part in."""

    subject = fields.select(
        _("Congress or campaign"), required=True, help=_("Everyone who works on it can then see and edit this person.")
    )
