"""Whom organizers record for a sign-up."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form


class TakeOverForm(Form):
    """The person behind a sign-up: one who is recorded, or a new one."""

    person = fields.select(_("Person"), coerce=fields.number_or_none)


class AcceptForm(TakeOverForm):
    """The person who joins a brigade, and her role in it."""

    role = fields.select(_("Role"), coerce=fields.number_or_none)
