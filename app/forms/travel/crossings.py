"""Border crossings and services."""

from flask_babel import lazy_gettext as _

from app.domain.travel import places
from app.domain.travel.places import CrossingValues, ServiceValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import PickField
from app.forms.presence import Where
from app.models.travel.places import Mode
from app.wording.labels import label


class CrossingForm(Form):
    """A border crossing; hours in the local time of the near side."""

    name = fields.line(_("Name"), required=True)
    near = PickField(_("Town on one side"), required=True)
    far = PickField(_("Town on the other side"), required=True)
    mode = fields.one_of(_("Mode of travel"), Mode, label, default=Mode.ROAD)
    opens = fields.hour(
        _("Opens"),
        required=Where("closes", says=_("Enter both times, or leave both blank.")),
        help=_("If you leave both times blank, the crossing is always open."),
    )
    closes = fields.hour(_("Closes"), required=Where("opens", says=_("Enter both times, or leave both blank.")))
    minutes = fields.number(_("Minutes to cross"), least=0, most=10080, default=150)
    formalities = fields.lines(_("Border formalities"), longest=2000, help=_("Documents, stamps and fees."))
    note = fields.lines(_("Note"), longest=2000)
    rank = fields.number(
        _("Ranking adjustment"),
        least=-24,
        most=24,
        default=0,
        help=_("Each point counts as one hour saved. A negative number ranks the crossing lower."),
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(places.check_sides, "near", "far")

    def values(self) -> CrossingValues:
        """Return the crossing as it was typed."""
        return CrossingValues(
            name=given(self.name),
            near=self.near.picked(),
            far=self.far.picked(),
            mode=self.mode.data,
            opens=self.opens.data,
            closes=self.closes.data,
            minutes=given(self.minutes),
            formalities=given(self.formalities),
            note=given(self.note),
            rank=given(self.rank),
        )


class ServiceForm(Form):
    """A direct service that an organizer knows of."""

    origin = PickField(_("From"), required=True, help=_("A place or its code, for example BOG."))
    destination = PickField(_("To"), required=True)
    mode = fields.one_of(_("Mode of travel"), Mode, label, default=Mode.AIR)
    carrier = fields.line(_("Carrier"), longest=80, list="carriers", autocomplete="off")
    frequency = fields.number(_("Departures a week"), least=1, most=1000, default=7)
    minutes = fields.number(
        _("Duration in minutes"),
        least=1,
        most=40000,
        required=False,
        help=_("If left blank, it is estimated from the distance."),
    )
    cost = fields.number(_("Fare (US dollars)"), least=0, most=100000, required=False)
    note = fields.lines(_("Note"), longest=2000)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(places.check_ends, "origin", "destination")

    def values(self) -> ServiceValues:
        """Return the service as it was typed."""
        return ServiceValues(
            origin=self.origin.picked(),
            destination=self.destination.picked(),
            mode=self.mode.data,
            carrier=given(self.carrier),
            frequency=given(self.frequency),
            minutes=self.minutes.data,
            cost=self.cost.data,
            note=given(self.note),
        )
