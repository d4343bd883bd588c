"""What the forms of public pages share: they tell people from programs, without asking anyone else."""

from datetime import UTC, datetime
from typing import Any

from flask import current_app
from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import HiddenField

from app import clock
from app.forms.base import Form

LEAST_SECONDS = 3
"""Nobody fills in such a form faster."""


class TrappedForm(Form):
    """A form that anyone can send.

    Programs that fill in every field, or send the form at once, are told to send it again. A person who is taken for
    one loses nothing.
    """

    nickname = HiddenField()
    """Not shown: only a program fills it in."""
    shown_at = HiddenField()
    """When the page was opened, signed."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        if self._opened_at() is None:
            self.shown_at.data = self._signer().dumps(int(clock.now().timestamp()))

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether everything is filled in, by a person."""
        valid = super().validate(extra_validators)
        opened_at = self._opened_at()
        in_haste = opened_at is None or (clock.now() - opened_at).total_seconds() < LEAST_SECONDS
        if not self.nickname.data and not in_haste:
            return valid
        self.form_errors.append(
            gettext("This was sent faster than a person can type. Wait a few seconds and send it again.")
        )
        return False

    def _opened_at(self) -> datetime | None:
        try:
            return datetime.fromtimestamp(int(self._signer().loads(self.shown_at.data or "")), UTC)
        except (BadSignature, ValueError, TypeError, OverflowError):
            return None

    @staticmethod
    def _signer() -> URLSafeSerializer:
        return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="sign-up form")
