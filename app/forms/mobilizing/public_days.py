"""What readers of a public page choose."""

from flask_babel import lazy_gettext as _

from app.forms.base import Question
from app.forms.picking import ZoneField


class ReaderForm(Question):
    """The zone in which somebody reads times."""

    zone = ZoneField(_("Time zone"), required=True, suggests=False, help=_("The name of a large city in it is enough."))
