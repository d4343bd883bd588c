"""The forms for segments and their conditions."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from types import new_class
from typing import Any, ClassVar, TypeVar, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.domain.people.conditions import ConditionValues
from app.domain.people.segments import SegmentValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given, number_or_none
from app.forms.people.custom_values import field_of, typed_value
from app.forms.picking import PickField
from app.models.people.custom_fields import Comparison, CustomField, FieldKind, RecordKind
from app.models.people.segments import BELOW, ConditionKind
from app.wording.labels import label
from app.wording.segments import OPTIONS, STATUSES

AnyForm = TypeVar("AnyForm", bound="ConditionForm")
LEAST_DAYS, _MOST_DAYS = 2, 36_500


class SegmentForm(Form):
    """The name of a segment, and what it is for."""

    name = fields.line(_("Name"), required=True)
    purpose = fields.lines(_("What it is for"))

    def values(self) -> SegmentValues:
        """Return the segment as it was typed."""
        return SegmentValues(name=given(self.name), purpose=given(self.purpose))


class NewSegmentForm(SegmentForm):
    """A new segment: also whom it contains, and who can see it."""

    record_kind = fields.one_of(_("Who is in it"), RecordKind, label, default=RecordKind.PERSON)
    subject = fields.select(
        _("Congress or campaign"),
        help=_("Only people who work on it see the segment. The people in it are those of the congress or campaign."),
    )


class ConditionForm(Form):
    """What all conditions have: whether they are negated, and their group. See `form_for`."""

    asked: ClassVar[Sequence[str]] = ()
    """The fields of the kind of condition, in order."""

    negated = fields.select(_("Who is meant"))
    group_number = fields.select(
        _("How it is combined"), coerce=number_or_none, help=_("One condition of each group has to be met.")
    )

    has_groups = False
    """Whether there is a group besides its own."""

    def offer(self, groups: Sequence[tuple[int, str]]) -> None:
        """Offer a new group, and those that the segment has, by number and content."""
        self.has_groups = bool(groups)
        self.negated.offer(
            [("", gettext("those for whom this is so")), ("1", gettext("those for whom this is not so"))]
        )
        alternatives = [(number, gettext("or else: %(conditions)s", conditions=words)) for number, words in groups]
        self.group_number.offer([("", gettext("has to be met as well")), *alternatives])

    @property
    def lines(self) -> list[Any]:
        """The fields as the page shows them."""
        return [*self.asked, "negated", *(["group_number"] if self.has_groups else [])]

    def values(self) -> ConditionValues:
        """Return the condition as it was typed."""
        return ConditionValues(is_negated=bool(self.negated.data), **self.columns())

    def columns(self) -> dict[str, Any]:
        """Return the columns of the condition that its kind has: a chosen record by its id, a choice by its value."""
        return dict(_column(name, given(self[name])) for name in self.asked)


class FieldConditionForm(ConditionForm):
    """What is asked of a field of the house's own."""

    own: ClassVar[CustomField]

    def columns(self) -> dict[str, Any]:
        """Return the columns, with the value in the one that the kind of field has."""
        compared = typed_value(self.own, self.value.data)
        value = Decimal(compared) if isinstance(compared, bool | int) else compared
        column = _COLUMNS.get(self.own.kind, "number")
        is_needed = self.comparison.data is not Comparison.IS_SET
        return {
            "field_id": self.own.id,
            "comparison": self.comparison.data,
            **({column: value} if is_needed else {}),
        }


class ParticipationForm(ConditionForm):
    """Which congress or campaign people take part in."""

    def columns(self) -> dict[str, Any]:
        """Return the column of the congress or of the campaign."""
        noun, _colon, number = str(self.subject.data).partition(":")
        return {f"in_{noun}_id": int(number)}


def _column(name: str, value: Any) -> tuple[str, Any]:
    if hasattr(value, "id"):
        return f"{name}_id", value.id
    return name, value.value if isinstance(value, StrEnum) else value


def form_for(kind: ConditionKind) -> type[ConditionForm]:
    """Return the form for a kind of condition, except one about a field of the house's own."""
    base = ParticipationForm if kind is ConditionKind.PARTICIPATION else ConditionForm
    return _extended(base, _FIELDS.get(kind, {}))


def form_for_field(own: CustomField) -> type[FieldConditionForm]:
    """Return the form for a condition about a field of the house's own."""
    offered = {one.value: label(one) for one in COMPARISONS[own.kind]}
    comparison = fields.ChooseField(_("Compared how"), coerce=Comparison, choices=offered)
    form = _extended(FieldConditionForm, {"comparison": comparison, "value": field_of(own)})
    form.own = own
    return form


def _extended(base: type[AnyForm], asked: Mapping[str, Any]) -> type[AnyForm]:
    body = {"asked": tuple(asked), **asked}
    return cast("type[AnyForm]", new_class(base.__name__, (base,), exec_body=lambda names: names.update(body)))


def _words(text: Any) -> dict[str, Any]:
    return {"text": fields.line(text, required=True)}


def _enum(text: Any, values: type[StrEnum], **chosen: Any) -> Any:
    return fields.one_of(text, values, label, **chosen)


def _days(**presence: Any) -> Any:
    return fields.number(_("In the last … days"), least=LEAST_DAYS, most=_MOST_DAYS, **presence)


class _BelowField(fields.ChooseField):
    """Whether only an organization is meant, or also those below it."""

    def __init__(self, label: Any, **values: Any) -> None:
        super().__init__(label, **values)
        self.offer([("", _("only this organization")), (BELOW, _("also the organizations that belong to it"))])


def _organization() -> dict[str, Any]:
    return {"organization": PickField(_("Organization"), required=True), "option": _BelowField(_("Which ones"))}


_ANY = _("– any –")
_DELEGATION = {
    "in_congress_id": fields.select(_("Congress"), coerce=number_or_none),
    "status": _enum(_("Status of the delegation"), STATUSES[ConditionKind.DELEGATION], empty=_ANY),
}
_FIELDS: dict[ConditionKind, dict[str, Any]] = {
    ConditionKind.NAME: _words(_("Words in the name")),
    ConditionKind.TOWN: _words(_("Town")),
    ConditionKind.SECTOR: _words(_("Sector")),
    ConditionKind.COUNTRY: {"text": fields.select(_("Country"), required=True)},
    ConditionKind.NATIONALITY: {"text": fields.select(_("Nationality"), required=True)},
    ConditionKind.LANGUAGE: {"text": PickField(_("Preferred language"), required=True)},
    ConditionKind.CLASSIFICATION: {"option": _enum(_("Kind"), OPTIONS[ConditionKind.CLASSIFICATION])},
    ConditionKind.CONSENT: {"option": _enum(_("What the person agrees to"), OPTIONS[ConditionKind.CONSENT])},
    ConditionKind.TAG: {"tag": PickField(_("Tag"), required=True)},
    ConditionKind.MEMBER: _organization(),
    ConditionKind.AFFILIATED: _organization(),
    ConditionKind.PARTICIPATION: {"subject": fields.select(_("Congress or campaign"), required=True)},
    ConditionKind.SEAT: {
        **_DELEGATION, "option": _enum(_("Capacity"), OPTIONS[ConditionKind.SEAT], empty=_ANY),
    },
    ConditionKind.DELEGATION: _DELEGATION,
    ConditionKind.INTERACTION: {
        "number": _days(required=False, help=_("Leave it empty to ask whether there ever was contact.")),
        "option": _enum(_("How"), OPTIONS[ConditionKind.INTERACTION], empty=_ANY),
        "user_id": fields.select(_("Recorded by"), coerce=number_or_none),
    },
    ConditionKind.QUIET: {"number": _days()},
    ConditionKind.SUBSCRIPTION: {
        "in_campaign_id": fields.select(_("Campaign"), coerce=number_or_none, required=True),
        "status": _enum(_("Status"), STATUSES[ConditionKind.SUBSCRIPTION], empty=_ANY),
    },
    ConditionKind.RECORDED: {"day": fields.day(_("On or after"), required=True)},
    ConditionKind.SEGMENT: {"other_id": fields.select(_("Segment"), coerce=number_or_none, required=True)},
}  # fmt: skip
_COLUMNS = {FieldKind.TEXT: "text", FieldKind.CHOICE: "option", FieldKind.DATE: "day"}
"""Where the value of a field of a kind is stored; others are numbers."""
_ORDERED = (Comparison.IS, Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.IS_SET)
COMPARISONS: dict[FieldKind, tuple[Comparison, ...]] = {
    FieldKind.TEXT: (Comparison.CONTAINS, Comparison.IS, Comparison.IS_SET),
    FieldKind.CHOICE: (Comparison.IS, Comparison.IS_SET),
    FieldKind.YES_NO: (Comparison.IS, Comparison.IS_SET),
    FieldKind.DATE: _ORDERED,
    FieldKind.NUMBER: _ORDERED,
    FieldKind.ASSESSMENT: _ORDERED,
}
"""How the values of a field of a kind can be compared."""
