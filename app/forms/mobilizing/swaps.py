"""The form with which a member proposes a swap."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form


class SwapForm(Form):
    """Whose shift a member would like instead of her own."""

    other_place = fields.select(_("Swap it for"), coerce=fields.number_or_none, required=True)
