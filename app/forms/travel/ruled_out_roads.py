"""Roads that organizers rule out."""

from enum import StrEnum
from typing import ClassVar

from flask_babel import lazy_gettext as _

from app.domain.travel import border_facts, ruled_out_roads
from app.domain.travel.ruled_out_roads import RoadValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import PickField
from app.forms.presence import Where
from app.models.travel.ruled_out_roads import RoadKind
from app.wording.labels import label


def _of(kind: RoadKind) -> Where:
    """Return the rule that requires a field for roads of this kind."""
    return Where("kind", kind, says=_("Choose one."))


class RoadForm(Form):
    """A dangerous road."""

    SHOWN: ClassVar[dict[str, tuple[StrEnum, ...]]] = {
        "one": (RoadKind.BETWEEN,),
        "other": (RoadKind.BETWEEN,),
        "country": (RoadKind.COUNTRY,),
        "crossing": (RoadKind.CROSSING,),
    }

    kind = fields.one_of(_("Which road"), RoadKind, label, default=RoadKind.BETWEEN)
    one = PickField(_("From"), required=_of(RoadKind.BETWEEN))
    other = PickField(_("To"), required=_of(RoadKind.BETWEEN), help=_("Roads that lead along it are left out, too."))
    country = fields.select(_("Country"), required=_of(RoadKind.COUNTRY), coerce=lambda code: code or None)
    crossing = PickField(_("Border crossing"), required=_of(RoadKind.CROSSING))
    since = fields.day(_("First day"), help=_("Leave blank if it is dangerous already."))
    until = fields.day(_("Last day"), help=_("Leave blank if it is ruled out until somebody lifts that."))
    reason = fields.lines(
        _("Reason"), longest=1000, required=True, help=_("Organizers of all congresses read it. Name nobody at risk.")
    )
    source = fields.line(
        _("Who said it"), required=True, help=_("A union, an organization, a newspaper, an authority.")
    )
    checked_on = fields.day(_("When that was said"), required=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(ruled_out_roads.check_days, "since", "until")
        self.check(ruled_out_roads.check_places, "one", "other")
        self.check(border_facts.check_day, "checked_on")

    def values(self) -> RoadValues:
        """Return the road as it was typed."""
        return RoadValues(
            kind=self.kind.data,
            one=self.one.picked(),
            other=self.other.picked(),
            country=self.country.data,
            crossing=self.crossing.picked(),
            since=self.since.data,
            until=self.until.data,
            reason=given(self.reason),
            source=given(self.source),
            checked_on=given(self.checked_on),
        )
