"""The button of a link in a daily letter."""

from datetime import datetime

from wtforms import HiddenField

from app.forms.base import Form


class StepForm(Form):
    """One button; a button that moves an action sends the instant that its page has shown."""

    due = HiddenField()

    def shown(self) -> datetime | None:
        """Return that instant, or None if there is none."""
        try:
            return datetime.fromisoformat(self.due.data or "")
        except ValueError:
            return None
