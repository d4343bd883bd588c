"""The forms for mailings."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from app.domain.people.mailings import MailingValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.wording.labels import LANGUAGES


class MailingForm(Form):
    """A letter as an organizer writes it."""

    subject = fields.line(_("Subject"), required=True)
    text = fields.lines(
        _("Text"),
        longest=20_000,
        required=True,
        rows=14,
        help=_("Plain text; each line is a paragraph. Addresses of web pages become links."),
    )
    in_language = fields.select(_("Language of the text"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_language.offer(LANGUAGES.items())

    def values(self) -> MailingValues:
        """Return the letter as it was typed."""
        return MailingValues(subject=given(self.subject), text=given(self.text), in_language=given(self.in_language))


class ApproveForm(Form):
    """The approval of a letter and of the number of its recipients, as they were shown."""

    shown = HiddenField()
