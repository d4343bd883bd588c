"""The orders of the lists of people and organizations, each of which an index can serve."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from app import countries
from app.models.people.custom_fields import CustomField, CustomValue, RecordKind
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.queries.keyset import COUNTED, Group, Order
from app.queries.naming import by_name
from app.queries.people.custom_fields import asked, column
from app.queries.people.filters import values_of

NAME, COUNTRY, TOWN, RECORDED = "name", "country", "locality", "created_at"
"""The names of the orders; those by the house's own fields are called like the fields."""

Model = type[Person] | type[Organization]


def order_of(model: Model, sorting: str, *, language: str, count: int) -> Order:
    """Return the order that a name means, descending if it begins with a minus; an unknown name means by name.

    Rows without a value come last in either direction. `count` is from `app.queries.keyset.counted`: a few rows are
    found first and then sorted, and of many, those of the page are read from an index.
    """
    name, is_descending, is_few = sorting.removeprefix("-"), sorting.startswith("-"), count <= COUNTED
    last = -1 if is_descending else 1
    named = (_sorted_by(by_name(model.sort_key, language), is_few), model.id)
    if name == COUNTRY:
        groups = _by_country(model, language, is_few=is_few, is_descending=is_descending)
    elif name == TOWN:
        groups = _by_town(model, last, is_few)
    elif name == RECORDED:
        groups = [Group((_sorted_by(model.created_at, is_few), model.id), 0)]
    else:
        field = _field(model, name)
        groups = [Group(named, 0)] if field is None else _by_field(model, field, named, last)
    return Order(groups, is_descending)


def _sorted_by(key: Any, is_few: bool) -> ColumnElement[Any]:
    """Return a key, written so that no index can serve it if there are few rows.

    A database cannot know that they are few, and would read the whole index to find them.
    """
    return func.coalesce(key, key) if is_few else key


def _by_country(model: Model, language: str, *, is_few: bool, is_descending: bool) -> list[Group]:
    """Sort by the name of the country in a language, and then by name."""
    ranks = {code: rank for rank, code in enumerate(countries.named(language))}
    last = -1 if is_descending else len(ranks)
    names = (_sorted_by(model.sort_key, is_few), model.id)
    if is_few:
        return [Group((case(ranks, value=model.country, else_=last), *names))]
    present = values_of(model.country)
    known = sorted((code for code in present if code in ranks), key=ranks.__getitem__, reverse=is_descending)
    nameless = or_(model.country.is_(None), model.country.in_([code for code in present if code not in ranks]))
    return [
        *(Group(names, ranks[code], _where(model.country == code)) for code in known),
        Group(names, last, _where(nameless)),
    ]


def _by_town(model: Model, last: int, is_few: bool) -> list[Group]:
    """Sort by town, and then by name."""
    name = _sorted_by(model.sort_key, is_few)
    return [
        Group((_sorted_by(model.locality_key, is_few), name, model.id), 0, least=model.locality_key > ""),
        Group((name, model.id), last, _where(model.locality_key == "")),
    ]


def _by_field(model: Model, field: CustomField, named: tuple[Any, ...], last: int) -> list[Group]:
    """Sort by a field of the house's own."""
    owner, value = (CustomValue.person_id if field.is_of_people else CustomValue.organization_id), column(field)
    here = and_(CustomValue.field_id == field.id, owner == model.id)
    without = ~select(CustomValue.id).where(here, value.is_not(None)).exists()
    return [
        Group((value, CustomValue.id), 0, lambda listed: listed.join(CustomValue, here), least=value.is_not(None)),
        Group(named, last, _where(without)),
    ]


def _field(model: Model, key: str) -> CustomField | None:
    kind = RecordKind.PERSON if model is Person else RecordKind.ORGANIZATION
    return next((field for field in asked(kind) if field.key == key), None) if key.startswith("custom_") else None


def _where(condition: ColumnElement[bool]) -> Callable[[Select[Any]], Select[Any]]:
    return lambda listed: listed.where(condition)
