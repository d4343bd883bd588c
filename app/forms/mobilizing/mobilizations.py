"""Mobilizations, their moves and cancellations."""

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from wtforms import BooleanField

from app.forms import fields
from app.forms.base import Form
from app.forms.mobilizing.placing import Described, MovedForm, PlacedInZone
from app.forms.picking import PickField


class MobilizationForm(PlacedInZone, Described):
    """A new mobilization."""

    host = PickField(_("Host organization"), help=_("More hosts can be added afterwards."))


class _Telling(Form):
    """Whether those who signed up are told of a change."""

    tell = BooleanField(_("Tell the people who signed up"), default=True)

    def say_whom(self, by_email: int, by_phone: int) -> None:
        """Say how many get an email, and how many have to be called."""
        self.tell.description = " ".join(
            (
                ngettext("%(num)d person gets an email.", "%(num)d people get an email.", by_email),
                ngettext("%(num)d gave only a phone number.", "%(num)d gave only a phone number.", by_phone),
            )
        )


class MoveForm(MovedForm, _Telling):
    """Another time or place, of which people can be told."""


class CancelForm(_Telling):
    """The reason for calling a mobilization off."""

    change_reason = fields.lines(
        _("Why it is canceled"), longest=500, rows=2, help=_("It is shown on the public page.")
    )


class HostForm(Form):
    """An organization that hosts a mobilization."""

    organization = PickField(_("Organization"), required=True)
