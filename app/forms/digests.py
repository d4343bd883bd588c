"""Digests."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form


class DigestForm(Form):
    """The coordinator's opening words; items are fields of their own, named by their ids."""

    opening = fields.lines(
        _("Opening words"), longest=2000, help=_("They stand above the articles, in your own words.")
    )
