"""Records what the house has added to the people and organizations of the demo: tags, fields, segments and a letter."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.commands.baseline import read
from app.domain.people import conditions, custom_fields, custom_values, mailings, segments, taggings, tags
from app.domain.people.conditions import ConditionValues
from app.models.congress.delegations import Delegation
from app.models.people.custom_fields import FieldKind, RecordKind
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.people.segments import ConditionKind
from app.queries.people import tags as tag_queries

Organizations = Mapping[str, Organization]
Delegations = Mapping[str, Delegation]


def add_all(organizations: Organizations, delegations: Delegations) -> None:
    """Record everything, for delegates and organizations by their keys."""
    for values in read("tags"):
        _add_tag(values, organizations, delegations)
    for values in read("custom_fields"):
        _add_field(values, organizations, delegations)
    for values in read("segments"):
        _add_segment(values, delegations)


def _add_tag(values: dict[str, Any], organizations: Organizations, delegations: Delegations) -> None:
    tag = tags.create({"names": values["names"], "group": values["group"], "description": values["description"]})
    for place in values["people"]:
        taggings.put_on(_delegate(delegations, place), tag)
    for key in values["organizations"]:
        taggings.put_on(organizations[key], tag)


def _add_field(values: dict[str, Any], organizations: Organizations, delegations: Delegations) -> None:
    labels = [(str(number), one) for number, one in enumerate(values["options"], start=1)]
    field = custom_fields.create(
        RecordKind(values["record_kind"]),
        FieldKind(values["kind"]),
        {"names": values["names"], "helps": values["helps"], "reasons": values["reasons"], "options": labels},
    )
    for *place, value in values["people"]:
        custom_values.record_all(_delegate(delegations, place), {field: value})
    for key, value in values["organizations"]:
        custom_values.record_all(organizations[key], {field: value})


def _delegate(delegations: Delegations, place: list[Any]) -> Person:
    """Return a delegate's person by the key of the delegation and the delegate's number in it."""
    key, number = place
    person: Person = delegations[key].delegates[number].person
    return person


def _add_segment(values: dict[str, Any], delegations: Delegations) -> None:
    segment = segments.create(
        RecordKind(values["record_kind"]),
        {"name": values["name"], "purpose": values["purpose"]},
        by=None,
        congress_id=delegations[values["congress_of"]].congress_id,
    )
    for one in values["conditions"]:
        tag = next(iter(tag_queries.named(one["tag"])), None) if "tag" in one else None
        asked = ConditionValues(
            is_negated="is_negated" in one,
            tag_id=tag.id if tag else None,
            text=one.get("text"),
            option=one.get("option"),
            number=Decimal(one["number"]) if "number" in one else None,
        )
        conditions.add(segment, ConditionKind(one["kind"]), asked, one["group"])
    if "mailing" in values:
        mailings.create(segment, values["mailing"], by=None)
