"""Route problems: what happened, what they touch, and when."""

from enum import StrEnum
from typing import ClassVar

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from app.forms import fields
from app.forms.base import Form
from app.forms.picking import PickField
from app.models.travel.places import Mode
from app.models.travel.problems import Cause, Effect, EntityKind, Severity, Verification
from app.wording.labels import label

_K = EntityKind


class EntityForm(Form):
    """What a problem touches. Which of the fields counts follows from the kind; pages show only those."""

    SHOWN: ClassVar[dict[str, tuple[StrEnum, ...]]] = {
        "country": (_K.COUNTRY_AIRSPACE, _K.COUNTRY, _K.BORDER, _K.MODE, _K.CARRIERS_OF, _K.NATIONALITY),
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
    """The kinds for which a field counts."""

    kind = fields.one_of(_("What is touched"), EntityKind, label, default=EntityKind.COUNTRY_AIRSPACE)
    country = fields.select(_("Which country"), help=_("Of a refusal: the country that refuses."))
    other_country = fields.select(_("Border with which country"), help=_("Leave it open for all of its land borders."))
    fir = fields.line(
        _("Code of the region"), longest=20, help=_("Four letters, such as SVZM."), autocapitalize="characters"
    )
    place = PickField(_("Which place"), help=_("An airport, a port, a town; of a road, one end."))
    other_place = PickField(_("Other end of the road"))
    crossing = PickField(_("Which crossing"), help=_("Its name, or a town beside it."))
    mode = fields.one_of(_("Which way of travelling"), Mode, label, default=Mode.AIR)
    carrier = fields.line(
        _("Which carrier or alliance"), longest=200, list="carriers", autocomplete="off",
        help=_("Its name or code, such as Avianca or AV."),
    )  # fmt: skip
    nationality = fields.select(_("Which nationality"))
    leg = PickField(_("Which leg"), help=_("Where it begins or ends, or its number, such as #12."))
    delegate = PickField(_("Which person"), help=_("A delegate’s name."))


ENTITY_FIELDS = ("kind", *EntityForm.SHOWN)


class PeriodForm(Form):
    """When a problem holds; dates and hours as the clocks at the congress, or in the zone of the hours, show them."""

    starts = fields.moment(_("Since"), required=True)
    ends = fields.moment(_("Until"), help=_("Leave it empty where no end is in sight."))
    daily_from = fields.hour(_("Only daily, from"), help=_("For a border that is closed at night, for example."))
    daily_until = fields.hour(_("until"), help=_("An hour before the first one is on the next day."))
    timezone = fields.zone(_("By the clocks of"), required=False)


PERIOD_FIELDS = ("starts", "ends", "daily_from", "daily_until", "timezone")


class ProblemForm(EntityForm, PeriodForm):
    """What happened, what it touches, when, and who says so."""

    effect = fields.one_of(
        _("Effect"),
        Effect,
        label,
        default=Effect.NO_SERVICE,
        help=_("Only a closure hits legs; the others are warnings."),
    )
    end_estimated = BooleanField(_("This end is an estimate"))
    cause = fields.one_of(_("Cause"), Cause, label, default=Cause.AIRSPACE_CLOSED)
    severity_level = fields.one_of(_("Severity"), Severity, label, default=Severity.SEVERE)
    cause_detail = fields.lines(_("In words"), longest=5000)
    verification = fields.one_of(_("Confirmed?"), Verification, label, default=Verification.UNVERIFIED)
    reference = fields.line(_("Reference"), longest=80, help=_("Such as the number of a NOTAM."))
    source_url = fields.web_address(_("Source"), help=_("The address of a page."))
    source_quote = fields.lines(_("What the source says"), longest=5000, help=_("Word for word."))
