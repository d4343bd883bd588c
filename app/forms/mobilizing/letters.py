"""Letters to targets: the texts that organizers prepare, and the page where members write."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from app.config import MEMBER_LOCALES
from app.domain.mobilizing.letters import LetterTextValues
from app.forms import fields
from app.forms.base import Form, Question
from app.forms.fields import given
from app.forms.mobilizing.trapped import TrappedForm
from app.wording.labels import LANGUAGES

_LONGEST = 5_000


class LetterTextForm(Form):
    """A text that a letter can begin with."""

    letter_language = fields.select(_("Language"), required=True)
    subject = fields.line(_("Subject"), required=True)
    body = fields.lines(
        _("Text"),
        required=True,
        longest=_LONGEST,
        rows=12,
        help=_("Write {target} where the name of the target belongs. Members change the text before they send it."),
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.letter_language.offer((code, LANGUAGES[code]) for code in MEMBER_LOCALES)

    def values(self) -> LetterTextValues:
        """Return the text as it was typed."""
        return LetterTextValues(
            letter_language=given(self.letter_language), subject=given(self.subject), body=given(self.body)
        )


class LetterForm(TrappedForm):
    """A letter in somebody's own words, which is shown again and never kept, and that it was sent."""

    subject = fields.line(_("Subject"), required=True)
    body = fields.lines(_("Your letter"), required=True, longest=_LONGEST, rows=14)
    country = fields.select(_("Your country"), help=_("Only the country is counted. Your letter is not kept."))
    sent = HiddenField()
    """Set by the button with which somebody says that it was sent."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether everything is filled in and, if it is to be counted, by a person."""
        check = super().validate if self.sent.data else super(TrappedForm, self).validate
        return bool(check(extra_validators))


class CountryForm(Question):
    """The country whose targets are shown first."""

    country = fields.select(_("Your country"))
