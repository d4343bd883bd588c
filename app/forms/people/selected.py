"""What is done with several people or organizations at once."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.picking import PickField
from app.forms.selecting import SelectedForm


class TagSelectedForm(SelectedForm):
    """The tag to put on all of them."""

    tag = PickField(_("Tag"), required=True)


class UntagSelectedForm(SelectedForm):
    """The tag to take off all of them."""

    tag = fields.select(_("Tag"), coerce=int)


class MoveSelectedForm(SelectedForm):
    """What they take part in from now on."""

    target = fields.select(
        _("Add to"), required=True, help=_("Everyone who works on it can then see and edit these people.")
    )
    source = fields.select(
        _("Take out of"),
        help=_("Those who work only on this can no longer see them. Seats in delegations are not changed."),
    )

    def offer(self, places: Iterable[tuple[Any, str]]) -> None:
        """Offer congresses and campaigns by key and title."""
        listed = list(places)
        self.target.offer([("", gettext("– choose –")), *listed])
        self.source.offer([("", gettext("nothing: they stay where they are")), *listed])
