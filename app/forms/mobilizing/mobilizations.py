"""Mobilizations, their moves and cancellations, and their turnout."""

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from wtforms import BooleanField

from app.domain.mobilizing import mobilizations
from app.domain.mobilizing.brigades import codes_of
from app.domain.mobilizing.mobilizations import MobilizationValues, PlacedValues, TurnoutValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import PickField, ZoneField
from app.models.mobilizing.mobilizations import LONGEST, MOST_PEOPLE

_MINUTES = 60
_LONGEST_MINUTES = int(LONGEST.total_seconds()) // _MINUTES


class _Described(Form):
    """What is said about a mobilization, besides where and when it is."""

    title = fields.line(_("Title"), required=True)
    languages = fields.line(_("Languages spoken there"), help=_("Separated by commas, for example: Spanish, Quechua."))
    contact = fields.lines(
        _("Contact"), longest=500, rows=2, help=_("How anyone can reach the hosts. It is shown on the public page.")
    )
    expected_turnout = fields.number(_("Expected turnout"), least=0, most=MOST_PEOPLE, required=False)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(codes_of, "languages")

    def values(self) -> MobilizationValues:
        """Return what was typed about it."""
        return MobilizationValues(
            title=str(self.title.data),
            languages=codes_of(self.languages.data),
            contact=given(self.contact),
            expected_turnout=self.expected_turnout.data,
        )


class _Placed(Form):
    """Where and when a mobilization is."""

    place = PickField(_("Town"), required=True, help=_("A city or another place on the map."))
    address = fields.line(_("Where people meet"))
    timezone = ZoneField(
        _("Time zone"), suggests=False, help=_("Only if the time zone of the town is not the right one.")
    )
    starts = fields.moment(_("Day and time"), help=_("Local time there."))
    duration_minutes = fields.number(_("Duration in minutes"), least=1, most=_LONGEST_MINUTES, default=120)

    def placed(self) -> PlacedValues:
        """Return where and when it is."""
        return PlacedValues(
            place=self.place.picked(),
            address=given(self.address),
            timezone=self.timezone.data,
            starts=self.starts.data,
            duration_minutes=int(self.duration_minutes.data or 0),
        )


class MobilizationForm(_Placed, _Described):
    """A new mobilization."""

    host = PickField(_("Host organization"), help=_("More hosts can be added afterwards."))


class DescriptionForm(_Described):
    """Changes that have no effect on where, when and whether it is."""


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


class MoveForm(_Placed, _Telling):
    """Another time or place."""

    change_reason = fields.lines(_("Why it is moved"), longest=500, rows=2, help=_("It is shown on the public page."))


class CancelForm(_Telling):
    """The reason for calling a mobilization off."""

    change_reason = fields.lines(
        _("Why it is canceled"), longest=500, rows=2, help=_("It is shown on the public page.")
    )


class TurnoutForm(Form):
    """How many people came."""

    turnout_least = fields.number(_("How many came"), least=0, most=MOST_PEOPLE, required=False)
    turnout_most = fields.number(
        _("At most"), least=0, most=MOST_PEOPLE, required=False, help=_("Only if a range was reported.")
    )
    not_counted = BooleanField(_("Nobody counted"))
    turnout_by = fields.line(_("Who counted"), help=_("For example: the organizers, the police, a newspaper."))
    turnout_source = fields.web_address(_("Source"))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(mobilizations.check_turnout, "turnout_least", "turnout_most", "not_counted")

    def values(self) -> TurnoutValues:
        """Return the turnout as it was reported."""
        return TurnoutValues(
            turnout_least=self.turnout_least.data,
            turnout_most=self.turnout_most.data,
            not_counted=bool(self.not_counted.data),
            turnout_by=given(self.turnout_by),
            turnout_source=given(self.turnout_source),
        )


class HostForm(Form):
    """An organization that hosts a mobilization."""

    organization = PickField(_("Organization"), required=True)
