"""The questions of segments in words."""

from collections.abc import Callable
from enum import StrEnum

from flask_babel import gettext

from app import languages
from app.models.campaigns.subscriptions import SubscriptionStatus
from app.models.congress.delegations import Capacity, DelegationStatus
from app.models.people.consents import ConsentPurpose
from app.models.people.custom_fields import Comparison
from app.models.people.interactions import InteractionKind
from app.models.people.organizations import Classification
from app.models.people.segments import BELOW, ConditionKind, ConditionObject, Segment, SegmentCondition
from app.text import N_
from app.wording.custom_fields import field_name, tag_name, value_as_text
from app.wording.formats import day, language_name
from app.wording.labels import country_name, label

_SENTENCES: dict[ConditionKind, tuple[str, str]] = {
    ConditionKind.NAME: (N_("have “%(text)s” in their name"), N_("do not have “%(text)s” in their name")),
    ConditionKind.COUNTRY: (N_("are from %(country)s"), N_("are not from %(country)s")),
    ConditionKind.NATIONALITY: (
        N_("travel with a passport of %(country)s"), N_("do not travel with a passport of %(country)s"),
    ),
    ConditionKind.LANGUAGE: (N_("prefer %(language)s"), N_("do not prefer %(language)s")),
    ConditionKind.TOWN: (N_("are in the town “%(text)s”"), N_("are not in the town “%(text)s”")),
    ConditionKind.CLASSIFICATION: (N_("are of the kind “%(option)s”"), N_("are not of the kind “%(option)s”")),
    ConditionKind.SECTOR: (N_("are in the sector “%(text)s”"), N_("are not in the sector “%(text)s”")),
    ConditionKind.TAG: (N_("have the tag “%(name)s”"), N_("do not have the tag “%(name)s”")),
    ConditionKind.EMAIL: (N_("have an email address"), N_("have no email address")),
    ConditionKind.PHONE: (N_("have a phone number"), N_("have no phone number")),
    ConditionKind.MEMBER: (N_("are members of %(name)s"), N_("are not members of %(name)s")),
    ConditionKind.AFFILIATED: (N_("belong to %(name)s"), N_("do not belong to %(name)s")),
    ConditionKind.PARTICIPATION: (N_("take part in %(name)s"), N_("do not take part in %(name)s")),
    ConditionKind.SEAT: (N_("have a seat in %(name)s"), N_("do not have a seat in %(name)s")),
    ConditionKind.DELEGATION: (N_("send a delegation to %(name)s"), N_("do not send a delegation to %(name)s")),
    ConditionKind.CONSENT: (N_("have agreed to %(option)s"), N_("have not agreed to %(option)s")),
    ConditionKind.SUBSCRIPTION: (N_("are subscribers of %(name)s"), N_("are not subscribers of %(name)s")),
    ConditionKind.RECORDED: (N_("were recorded on %(day)s or later"), N_("were recorded before %(day)s")),
    ConditionKind.QUIET: (
        N_("have been quiet for %(days)s days"), N_("have shown a sign of life in the last %(days)s days"),
    ),
    ConditionKind.SEGMENT: (N_("are in the segment “%(name)s”"), N_("are not in the segment “%(name)s”")),
}  # fmt: skip
_BELOW: dict[ConditionKind, tuple[str, str]] = {
    ConditionKind.MEMBER: (
        N_("are members of %(name)s or of an organization that belongs to it"),
        N_("are members neither of %(name)s nor of an organization that belongs to it"),
    ),
    ConditionKind.AFFILIATED: (
        N_("belong to %(name)s, directly or through others"),
        N_("do not belong to %(name)s, not even through others"),
    ),
}
_NAME_OR_COUNTRY = (
    N_("have “%(text)s” in their name or country"),
    N_("do not have “%(text)s” in their name or country"),
)
_EVER = (N_("have been in contact"), N_("have never been in contact"))
_LATELY = (
    N_("have been in contact in the last %(days)s days"),
    N_("have not been in contact in the last %(days)s days"),
)
_COMPARED: dict[Comparison, tuple[str, str]] = {
    Comparison.IS_SET: (N_("have something in “%(name)s”"), N_("have nothing in “%(name)s”")),
    Comparison.IS: (N_("have “%(value)s” in “%(name)s”"), N_("do not have “%(value)s” in “%(name)s”")),
    Comparison.CONTAINS: (
        N_("have a text with “%(value)s” in “%(name)s”"), N_("do not have a text with “%(value)s” in “%(name)s”"),
    ),
    Comparison.AT_LEAST: (N_("have %(value)s or more in “%(name)s”"), N_("do not have %(value)s or more in “%(name)s”")),
    Comparison.AT_MOST: (N_("have %(value)s or less in “%(name)s”"), N_("do not have %(value)s or less in “%(name)s”")),
}  # fmt: skip
OPTIONS: dict[ConditionKind, type[StrEnum]] = {
    ConditionKind.CLASSIFICATION: Classification,
    ConditionKind.SEAT: Capacity,
    ConditionKind.INTERACTION: InteractionKind,
    ConditionKind.CONSENT: ConsentPurpose,
}
"""What can be chosen in a condition of a kind."""
STATUSES: dict[ConditionKind, type[StrEnum]] = {
    ConditionKind.SEAT: DelegationStatus,
    ConditionKind.DELEGATION: DelegationStatus,
    ConditionKind.SUBSCRIPTION: SubscriptionStatus,
}
_DETAILED = {ConditionKind.SEAT, ConditionKind.DELEGATION, ConditionKind.INTERACTION, ConditionKind.SUBSCRIPTION}
"""Kinds whose choices are named in parentheses, because each may be left open."""


def question(segment: Segment, is_unnamed: Callable[[SegmentCondition], bool]) -> str:
    """Return the question of a segment as a sentence."""
    groups = [
        f" {gettext('or')} ".join(predicate(condition, is_unnamed(condition)) for condition in conditions)
        for _number, conditions in segment.groups
    ]
    first, following = (
        (N_("who %(what)s"), N_("and who %(what)s"))
        if segment.is_of_people
        else (N_("that %(what)s"), N_("and that %(what)s"))
    )
    clauses = [gettext(following if place else first, what=group) for place, group in enumerate(groups)]
    return f"{whose(segment)} {', '.join(map(str, clauses))}".strip()


def whose(segment: Segment) -> str:
    """Return whom a segment without conditions contains."""
    place = segment.congress or segment.campaign
    if not segment.is_of_people:
        return str(gettext("All organizations"))
    return str(gettext("People of %(where)s", where=place.title) if place else gettext("All people"))


def predicate(condition: SegmentCondition, is_unnamed: bool = False) -> str:
    """Return a condition as a part of a sentence; without the name of what the reader must not or cannot see."""
    values = {
        "name": _name(condition, is_unnamed),
        "text": condition.text,
        "country": country_name(condition.text) if condition.text else "",
        "language": language_name(languages.code_of(condition.text) or condition.text) if condition.text else "",
        "option": _label(OPTIONS, condition.kind, condition.option),
        "value": _value(condition),
        "day": day(condition.day) if condition.day else "",
        "days": condition.days,
    }
    return str(gettext(_sentences(condition)[condition.is_negated], **values)) + _details(condition, is_unnamed)


def _sentences(condition: SegmentCondition) -> tuple[str, str]:
    if condition.kind is ConditionKind.FIELD:
        return _COMPARED[condition.comparison or Comparison.IS_SET]
    if condition.kind is ConditionKind.INTERACTION:
        return _EVER if condition.number is None else _LATELY
    if condition.kind is ConditionKind.NAME and not condition.segment.is_of_people:
        return _NAME_OR_COUNTRY
    if condition.option == BELOW:
        return _BELOW[condition.kind]
    return _SENTENCES[condition.kind]


def _name(condition: SegmentCondition, is_unnamed: bool) -> str:
    if condition.about is None:
        return str(gettext("any congress"))
    found = condition.object
    if is_unnamed or found is None:
        return str(gettext("(not available)"))
    if condition.about is ConditionObject.FIELD:
        return field_name(found)
    if condition.about is ConditionObject.TAG:
        return tag_name(found)
    return str(getattr(found, "title", None) or found.name)


def _details(condition: SegmentCondition, is_unnamed: bool) -> str:
    if condition.kind not in _DETAILED:
        return ""
    named = [_label(OPTIONS, condition.kind, condition.option), _label(STATUSES, condition.kind, condition.status)]
    if condition.about is ConditionObject.USER:
        named.append(str(gettext("recorded by %(name)s", name=_name(condition, is_unnamed))))
    return f" ({', '.join(filter(None, named))})" if any(named) else ""


def _label(choices: dict[ConditionKind, type[StrEnum]], kind: ConditionKind, value: str | None) -> str:
    return label(choices[kind](value)) if value and kind in choices else ""


def _value(condition: SegmentCondition) -> str:
    return value_as_text(condition.field, condition.value) if condition.field is not None else ""
