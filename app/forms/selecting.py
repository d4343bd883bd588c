"""What the forms about several selected records share."""

from wtforms import HiddenField

from app.domain_errors import DomainError
from app.forms.base import Form
from app.text import N_


class SelectedForm(Form):
    """A form about records that were selected in a list; it names those that its page showed."""

    selection = HiddenField()

    def check_shown(self, digest: str) -> None:
        """Raise DomainError if the page showed another selection than the one with this digest."""
        if self.selection.data != digest:
            raise DomainError(None, N_("The selection has changed since it was shown. Check it and confirm again."))
