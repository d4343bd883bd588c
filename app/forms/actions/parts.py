"""The forms on the page of an action: a comment, items of the checklist."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given


class CommentForm(Form):
    """A comment."""

    body = fields.lines(_("New comment"), required=True, rows=3)

    def text(self) -> str:
        """Return the comment as it was typed."""
        return str(given(self.body))


class ChecklistForm(Form):
    """New items of a checklist, one on each line."""

    items = fields.lines(_("New items"), required=True, help=_("One on each line."), rows=3)

    def texts(self) -> list[str]:
        """Return the items, cut to the length of a line."""
        lines = (" ".join(line.split()) for line in str(given(self.items)).splitlines())
        return [line[:200] for line in lines if line]
