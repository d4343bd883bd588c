"""Feeds."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form


class FeedForm(Form):
    """A feed to follow."""

    url = fields.web_address(
        _("Address"),
        required=True,
        help=_("The address of the feed, or of the site’s home page: most sites link to their feed."),
    )
