"""Tags, and who has them. All counts are of what the reader can see."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from app.extensions import db
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.people.records import Record, column_of
from app.models.people.tags import Tag, Tagging
from app.queries.lookup import kept, one
from app.queries.naming import by_name, holding
from app.queries.paging import Page, page_of, slice_of
from app.text import plain, sort_key


@dataclass(frozen=True, slots=True)
class Uses:
    """How many people and organizations in scope have a tag."""

    people: int = 0
    organizations: int = 0


def get(tag_id: int) -> Tag:
    """Return a tag."""
    return one(Tag, Tag.id == tag_id)


def find(typed: str = "", number: int = 1, *, language: str) -> Page[tuple[Tag, Uses]]:
    """Return a page of the tags whose names and group contain every word of `typed`, with their uses in scope.

    They are in the order of their names in `language`.
    """
    page = slice_of(_by_name(_holding(typed), language), number)
    counted = uses([tag.id for tag in page.rows])
    return page.of([(tag, counted[tag.id]) for tag in page.rows])


def uses(tag_ids: Collection[int]) -> dict[int, Uses]:
    """Return the uses in scope of tags by id."""
    counts = (func.count(Tagging.person_id).label("people"), func.count(Tagging.organization_id).label("organizations"))
    counted = select(Tagging.tag_id, *counts).where(Tagging.tag_id.in_(tag_ids)).group_by(Tagging.tag_id)
    found = {row.tag_id: Uses(row.people, row.organizations) for row in db.session.execute(counted)}
    return {tag_id: found.get(tag_id, Uses()) for tag_id in tag_ids}


def search(typed: str, *, language: str, limit: int) -> Sequence[Tag]:
    """Return tags whose names and group contain every typed word; names that start with what was typed come first."""
    start = plain(typed)

    def rank(tag: Tag) -> int:
        names = [plain(name) for name in tag.names.values()]
        return 0 if start in names else 1 if any(name.startswith(start) for name in names) else 2

    return sorted(_by_name(_holding(typed), language), key=rank)[:limit]


def named(name: str) -> Sequence[Tag]:
    """Return the tags with a name in any language, however it is accented or capitalized."""
    return [tag for tag in _holding(name) if plain(name) in map(plain, tag.names.values())]


def _holding(typed: str) -> Sequence[Tag]:
    """Return the tags whose names and group contain every typed word: a vocabulary is small enough to sort in memory."""
    return db.session.scalars(select(Tag).where(*holding(Tag.words, typed)).order_by(Tag.id)).all()


def _by_name(tags: Iterable[Tag], language: str) -> list[Tag]:
    return sorted(tags, key=lambda tag: sort_key(tag.names.get(language) or tag.name, language=language))


def of_record(record: Record) -> Sequence[Tagging]:
    """Return the tags of a person or of an organization, by group and name."""
    listed = select(Tagging).join(Tagging.tag).where(getattr(Tagging, column_of(record)) == record.id)
    return db.session.scalars(listed.order_by(Tag.group, Tag.sort_key, Tagging.id)).all()


def names_of(model: type[Record], ids: Collection[int]) -> dict[int, list[str]]:
    """Return the names of the tags of people or organizations by id, ordered as `of_record` does."""
    owner = _owner(model)
    listed = select(owner, Tag.name).join(Tagging.tag).where(owner.in_(ids))
    names: dict[int, list[str]] = {number: [] for number in ids}
    for number, name in db.session.execute(listed.order_by(Tag.group, Tag.sort_key, Tagging.id)):
        names[number].append(name)
    return names


def ids_of_taggings(model: type[Record], tag_id: int, ids: Collection[int]) -> dict[int, int]:
    """Return the taggings by which people or organizations have a tag: the id of each by that of its record."""
    owner = _owner(model)
    found = select(owner, Tagging.id).where(Tagging.tag_id == tag_id, owner.in_(ids))
    return dict(db.session.execute(found.order_by(Tagging.id)).all())


def held(model: type[Record], ids: Collection[int]) -> list[tuple[Tag, int]]:
    """Return the tags that people or organizations have, by name, with how many of them have each."""
    owner = _owner(model)
    counted = select(Tagging.tag_id, func.count().label("uses")).where(owner.in_(ids)).group_by(Tagging.tag_id)
    used = counted.subquery()
    listed = select(Tag, used.c.uses).join(used, used.c.tag_id == Tag.id).order_by(Tag.sort_key, Tag.id)
    return [(tag, count) for tag, count in db.session.execute(listed)]


def _owner(model: type[Record]) -> Any:
    return Tagging.person_id if model is Person else Tagging.organization_id


def tagging(record: Record, tag_id: int) -> Tagging:
    """Return the tagging by which a record has a tag."""
    return one(Tagging, getattr(Tagging, column_of(record)) == record.id, Tagging.tag_id == tag_id)


def all_taggings(tag_id: int) -> Sequence[Tagging]:
    """Return all taggings in scope of a tag."""
    return db.session.scalars(select(Tagging).where(Tagging.tag_id == tag_id).order_by(Tagging.id)).all()


def people_with(tag_id: int) -> Select[int | None]:
    """Return the statement for the ids of people in scope who have a tag; it follows the index of (tag, person)."""
    return select(Tagging.person_id).where(Tagging.tag_id == tag_id, Tagging.person_id.is_not(None))


def organizations_with(tag_id: int) -> Select[int | None]:
    """Return the statement for the ids of organizations that have a tag; it follows the index of (tag, organization)."""
    return select(Tagging.organization_id).where(Tagging.tag_id == tag_id, Tagging.organization_id.is_not(None))


def page_of_people(tag_id: int, number: int, *, language: str) -> Page[Person]:
    """Return a page of the people in scope who have a tag, by family name in `language`."""
    found = select(Person).where(Person.id.in_(people_with(tag_id)))
    return page_of(found.order_by(by_name(Person.sort_key, language), Person.id), number)


def page_of_organizations(tag_id: int, number: int, *, language: str) -> Page[Organization]:
    """Return a page of the organizations that have a tag, by name in `language`."""
    found = select(Organization).where(kept(Organization), Organization.id.in_(organizations_with(tag_id)))
    return page_of(found.order_by(by_name(Organization.sort_key, language), Organization.id), number)
