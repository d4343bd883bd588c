"""Answers of passkeys, which the script of the page fills in."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import Length

from app.forms import fields
from app.forms.base import Form


class Answer(NamedTuple):
    """What a passkey was asked, and what it answered; without an answer, no passkey was used."""

    state: str
    credential: str

    def __bool__(self) -> bool:
        return bool(self.credential)


class AnsweredForm(Form):
    """A form of which the hidden fields may have the answer of a passkey."""

    credential = HiddenField(validators=[Length(max=20_000)])
    """What the browser answered; empty if no passkey was used."""
    state = HiddenField()
    """What it was asked."""

    @property
    def answer(self) -> Answer:
        """The question, and the answer of a passkey if there is one."""
        return Answer(str(self.state.data or ""), str(self.credential.data or ""))


class PasskeyForm(AnsweredForm):
    """A new passkey."""

    name = fields.line(
        _("Name of the passkey"),
        longest=80,
        help=_("Such as the device that keeps it: you can remove it by this name."),
    )


class PasskeySignInForm(AnsweredForm):
    """A passkey instead of the password, and where to go afterwards."""

    next = HiddenField()
    kept = HiddenField()
