"""The form for an address that is not to be written to."""

from enum import StrEnum

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.text import N_


class Wish(StrEnum):
    """What the owner of an address wants."""

    NEVER = "never"
    AGAIN = "again"


_WISHES: dict[StrEnum, str] = {
    Wish.NEVER: N_("never to be written to again"),
    Wish.AGAIN: N_("to be written to again, although it is on the list"),
}


class SuppressionForm(Form):
    """An address, and what its owner wants."""

    email = fields.email(_("Email address"), required=True)
    wish = fields.one_of(_("What its owner wants"), Wish, lambda wish: str(_(_WISHES[wish])), default=Wish.NEVER)
