"""Route problems: cause, what they affect, and when."""

from enum import StrEnum
from typing import ClassVar

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import DataRequired

from app.domain.travel.problems import EntityValues, PeriodValues, ProblemValues
from app.forms import fields
from app.forms.base import Fold, Form
from app.forms.fields import given
from app.forms.picking import PickField, ZoneField
from app.forms.presence import Where
from app.models.travel.places import Mode
from app.models.travel.problems import Cause, Effect, EntityKind, Severity, Verification
from app.times import Local, to_instant, to_span
from app.wording.labels import label

_K = EntityKind


def _of(*kinds: EntityKind) -> Where:
    """Return the rule that requires a field for entities of these kinds."""
    return Where("kind", *kinds, says=_("Choose one."))


_EFFECTS = (
    Effect.NO_SERVICE,
    Effect.REDUCED_SERVICE,
    Effect.SIGNIFICANT_DELAYS,
    Effect.DETOUR,
    Effect.MODIFIED_SERVICE,
    Effect.STOP_MOVED,
    Effect.OTHER_EFFECT,
    Effect.UNKNOWN_EFFECT,
)
"""The effects of a problem; GTFS-Realtime also has two that are no problem."""
_COUNTRIES = (_K.COUNTRY_AIRSPACE, _K.COUNTRY, _K.BORDER, _K.CARRIERS_OF, _K.NATIONALITY)


class EntityForm(Form):
    """What a problem affects. The kind determines which fields are used; pages show only those."""

    SHOWN: ClassVar[dict[str, tuple[StrEnum, ...]]] = {
        "country": (*_COUNTRIES, _K.MODE),
        "other_country": (_K.BORDER,),
        "fir": (_K.FIR,),
        "place": (_K.PLACE, _K.ROAD),
        "other_place": (_K.ROAD,),
        "crossing": (_K.CROSSING,),
        "mode": (_K.MODE,),
        "carrier": (_K.CARRIER, _K.ALLIANCE),
        "nationality": (_K.NATIONALITY,),
        "leg": (_K.LEG,),
        "delegate": (_K.PERSON,),
    }
    """The kinds for which a field is used."""

    kind = fields.one_of(
        _("What is affected"),
        EntityKind,
        label,
        empty=_("– choose –"),
        validators=[DataRequired(_("Choose one."))],
        help=_(
            "The fields that follow depend on your choice. For a refused visa or transit, choose one person, or all "
            "travelers of a nationality."
        ),
    )
    country = fields.select(
        _("Country"),
        required=_of(*_COUNTRIES),
        help=_("For a visa or transit refusal: the country that refuses entry."),
    )
    other_country = fields.select(_("Neighboring country"), help=_("Leave blank to include all of its land borders."))
    fir = fields.line(
        _("FIR code"),
        longest=20,
        required=_of(_K.FIR),
        help=_("Four letters, for example SVZM."),
        autocapitalize="characters",
    )
    place = PickField(
        _("Place"),
        required=_of(_K.PLACE, _K.ROAD),
        help=_("An airport, port or town. For a road between two places, the first of them."),
    )
    other_place = PickField(_("Other end of the road"), required=_of(_K.ROAD))
    crossing = PickField(_("Crossing"), required=_of(_K.CROSSING), help=_("The name of the crossing or a nearby town."))
    mode = fields.one_of(_("Mode of travel"), Mode, label, default=Mode.AIR)
    carrier = fields.line(
        _("Carrier or alliance"), longest=200, required=_of(_K.CARRIER, _K.ALLIANCE), list="carriers", autocomplete="off",
        help=_("A name or code, for example Avianca or AV."),
    )  # fmt: skip
    nationality = fields.select(_("Nationality"), required=_of(_K.NATIONALITY))
    leg = PickField(_("Leg"), required=_of(_K.LEG), help=_("Its origin, destination or number, for example #12."))
    delegate = PickField(_("Person"), required=_of(_K.PERSON), help=_("A delegate’s name."))

    def entity(self) -> EntityValues:
        """Return what the problem affects, as it was typed."""
        return EntityValues(
            kind=self.kind.data,
            country=given(self.country),
            other_country=given(self.other_country),
            fir=given(self.fir),
            place=self.place.picked(),
            other_place=self.other_place.picked(),
            crossing=self.crossing.data,
            mode=self.mode.data,
            carrier=given(self.carrier),
            nationality=given(self.nationality),
            leg=self.leg.data,
            delegate=self.delegate.data,
        )


ENTITY_FIELDS = ("kind", *EntityForm.SHOWN)


class PeriodForm(Form):
    """When a problem applies; dates and times are local to the congress, or in the zone of the hours."""

    starts = fields.moment(_("Starts"), required=True)
    ends = fields.moment(_("Ends"), help=_("Leave blank if the end is not known."))
    daily_from = fields.hour(
        _("Daily from"),
        required=Where("daily_until", says=_("Enter both times, or leave both blank.")),
        help=_(
            "Leave both times blank if it applies all day. Enter both if it applies at certain hours, such as a border closed "
            "at night."
        ),
    )
    daily_until = fields.hour(
        _("Daily until"),
        required=Where("daily_from", says=_("Enter both times, or leave both blank.")),
        help=_("If this is earlier than “Daily from”, it means the next day."),
    )
    timezone = ZoneField(
        _("Time zone"),
        suggests=False,
        help=_("The time zone of the daily hours, if it is not that of the congress. Enter a town, such as Bogotá."),
    )

    def period(self, timezone: str) -> PeriodValues:
        """Return when the problem applies, typed in the local time of `timezone`; so are daily hours unless stated otherwise.

        Raises DomainError if the clocks skip a typed time, and UndecidedError if it occurs twice and both readings
        make sense.
        """
        starts, ends = given(self.starts), self.ends.data
        if ends:
            starts_at, ends_at = to_span(Local(starts, timezone, "starts"), Local(ends, timezone, "ends"))
        else:
            starts_at, ends_at = to_instant(starts, timezone, "starts"), None
        return PeriodValues(
            starts_at=starts_at,
            ends_at=ends_at,
            daily_from=self.daily_from.data,
            daily_until=self.daily_until.data,
            timezone=given(self.timezone) or timezone,
        )


PERIOD_FIELDS = ("starts", "ends", "daily_from", "daily_until", "timezone")
DAILY_HOURS = Fold(_("Only at certain hours of the day"), (("daily_from", "daily_until"), "timezone"))
PERIOD_ROWS = (("starts", "ends"), DAILY_HOURS)
"""How pages lay out the fields of a period."""


class ProblemForm(EntityForm, PeriodForm):
    """The cause, what it affects, when, and the source."""

    effect = fields.one_of(
        _("Effect"),
        Effect,
        label,
        offered=_EFFECTS,
        default=Effect.NO_SERVICE,
        help=_(
            "Legs count as affected only if the effect is “closed or impossible”. With any other effect, they get a warning."
        ),
    )
    end_estimated = BooleanField(_("The end is an estimate"))
    cause = fields.one_of(
        _("Cause"),
        Cause,
        label,
        empty=_("– choose for me –"),
        help=_(
            "“Choose for me” picks the matching cause for a closed airspace, airport or border, and “unknown” otherwise."
        ),
    )
    severity_level = fields.one_of(
        _("Severity"),
        Severity,
        label,
        default=Severity.SEVERE,
        help=_("Shown on the problem’s page. It does not change which legs count as affected."),
    )
    cause_detail = fields.lines(_("Description"), longest=5000)
    verification = fields.one_of(
        _("Verification"),
        Verification,
        label,
        offered=(Verification.UNVERIFIED, Verification.VERIFIED),
        default=Verification.UNVERIFIED,
        help=_("“Verified” records your name and the time."),
    )
    reference = fields.line(
        _("Reference number"), longest=80, help=_("For example, the number of a notice to pilots (NOTAM).")
    )
    source_url = fields.web_address(_("Source"), help=_("The web address of the source."))
    source_quote = fields.lines(_("Quotation from the source"), longest=5000, help=_("Copy it exactly as published."))

    def values(self, timezone: str) -> ProblemValues:
        """Return the complete problem, with its first period in the local time of `timezone` and the first affected entity."""
        return ProblemValues(
            **self.period(timezone),
            cause=self.cause.data,
            effect=self.effect.data,
            severity_level=self.severity_level.data,
            cause_detail=given(self.cause_detail),
            verification=self.verification.data,
            reference=given(self.reference),
            source_url=given(self.source_url),
            source_quote=given(self.source_quote),
            end_estimated=self.end_estimated.data,
            entities=[self.entity()],
        )
