"""What is said about a mobilization, and where and when it is: for organizers, and for hosts."""

from flask_babel import lazy_gettext as _

from app.domain.mobilizing.mobilizations import MobilizationValues, PlacedValues
from app.domain.mobilizing.spoken import codes_of
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import PickField, ZoneField
from app.models.mobilizing.mobilizations import LONGEST, MOST_PEOPLE

_MINUTES = 60
_LONGEST_MINUTES = int(LONGEST.total_seconds()) // _MINUTES


class Described(Form):
    """What is said about a mobilization, besides where and when it is."""

    title = fields.line(_("Title"), required=True)
    languages = fields.line(_("Languages spoken there"), help=_("Separated by commas, for example: Spanish, Quechua."))
    contact = fields.lines(
        _("Contact"), longest=500, rows=2, help=_("How anyone can reach the hosts. It is shown on the public page.")
    )
    notes = fields.lines(
        _("Accessibility and notes"),
        longest=1000,
        rows=2,
        help=_("For example, whether wheelchairs can get there. It is shown on the public page."),
    )
    expected_turnout = fields.number(_("Expected turnout"), least=0, most=MOST_PEOPLE, required=False)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(codes_of, "languages")

    def described(self) -> MobilizationValues:
        """Return what was typed about it."""
        return MobilizationValues(
            title=str(self.title.data),
            languages=codes_of(self.languages.data),
            contact=given(self.contact),
            notes=given(self.notes),
            expected_turnout=self.expected_turnout.data,
        )


class DescriptionForm(Described):
    """Changes that have no effect on where, when and whether it is."""


class Placed(Form):
    """Where and when a mobilization is, in the time zone of the town."""

    place = PickField(_("Town"), required=True, help=_("A city or another place on the map."))
    address = fields.line(_("Where people meet"))
    starts = fields.moment(_("Day and time"), help=_("Local time there."))
    duration_minutes = fields.number(_("Duration in minutes"), least=1, most=_LONGEST_MINUTES, default=120)

    def placed(self) -> PlacedValues:
        """Return where and when it is."""
        return PlacedValues(
            place=self.place.picked(),
            address=given(self.address),
            timezone=None,
            starts=self.starts.data,
            duration_minutes=int(self.duration_minutes.data or 0),
        )


class PlacedInZone(Placed):
    """Where and when a mobilization is, for organizers, who can correct the time zone."""

    timezone = ZoneField(
        _("Time zone"), suggests=False, help=_("Only if the time zone of the town is not the right one.")
    )

    def placed(self) -> PlacedValues:
        """Return where and when it is."""
        values = super().placed()
        values["timezone"] = self.timezone.data
        return values


class MovedForm(PlacedInZone):
    """Another time or place, and why."""

    change_reason = fields.lines(_("Why it is moved"), longest=500, rows=2, help=_("It is shown on the public page."))
