"""Resolutions."""

from typing import Any

from flask_babel import lazy_gettext as _

from app.domain.congress import resolutions
from app.domain.congress.resolutions import ResolutionValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.wording.labels import LANGUAGES


class ResolutionForm(Form):
    """A resolution as it was adopted."""

    number = fields.line(_("Number"), longest=80, help=_("As the congress numbers it, for example III-b."))
    title = fields.line(_("Title"), required=True)
    text = fields.lines(
        _("Text"), longest=50_000, required=True, rows=14, help=_("As adopted. Each line is a paragraph.")
    )
    in_language = fields.select(_("Language of the text"), required=True)
    adopted_on = fields.day(_("Adopted on"), help=_("Leave blank while it is a draft."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_language.offer(LANGUAGES.items())
        self.check(resolutions.check_day, "adopted_on")

    def values(self) -> ResolutionValues:
        """Return the resolution as it was typed."""
        return ResolutionValues(
            number=self.number.data or None,
            title=given(self.title),
            text=given(self.text),
            in_language=given(self.in_language),
            adopted_on=self.adopted_on.data,
        )
