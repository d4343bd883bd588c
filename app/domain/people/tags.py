"""The vocabulary of tags."""

from typing import TypedDict

from app import clock
from app.dialects import lock_against_writes
from app.domain.accounts import audit
from app.domain.people.texts import Texts, check_names, present
from app.domain_errors import DomainError
from app.extensions import db
from app.models.people.tags import Tag
from app.queries.people import segments as segment_queries
from app.queries.people import tags as tag_queries
from app.text import N_


class TagValues(TypedDict):
    """What is recorded about a tag."""

    names: Texts
    group: str | None
    description: str | None


def create(values: TagValues) -> Tag:
    """Record a tag.

    Raises DomainError on `name_es` if it has no name, and on the field of a name if another tag has it in any language.
    """
    _check(values, None)
    tag = Tag(created_at=clock.now(), **_stored(values))
    db.session.add(tag)
    db.session.flush()
    audit.note(tag, "recorded", {}, _facts(tag))
    return tag


def update(tag: Tag, values: TagValues) -> None:
    """Change a tag, for everyone who has it. Raises DomainError as `create` does."""
    _check(values, tag)
    with audit.changing(tag, _facts):
        for name, value in _stored(values).items():
            setattr(tag, name, value)


def merge(tag: Tag, into: Tag) -> None:
    """Give everyone who has a tag another one instead, also in segments, and remove the first. It needs a session in the scope EVERYTHING.

    Raises DomainError on `into` if both are the same.
    """
    if tag is into:
        raise DomainError("into", N_("Choose another tag."))
    there = {(one.person_id, one.organization_id) for one in tag_queries.all_taggings(into.id)}
    for one in tag_queries.all_taggings(tag.id):
        if (one.person_id, one.organization_id) not in there:
            one.tag_id = into.id
    for condition in segment_queries.conditions_about(tag):
        condition.tag_id = into.id
    db.session.flush()
    remove(tag)


def remove(tag: Tag) -> None:
    """Remove a tag from everyone who has it. It needs a session in the scope EVERYTHING."""
    audit.forget(tag)
    db.session.delete(tag)
    db.session.flush()


def _facts(tag: Tag) -> audit.Facts:
    return audit.facts_of(tag, TagValues.__annotations__)


def _stored(values: TagValues) -> dict[str, object]:
    return {**values, "names": present(values["names"])}


def _check(values: TagValues, own: Tag | None) -> None:
    check_names(*values["names"].values())
    lock_against_writes(db.session, Tag.__tablename__)  # else two people could record the same name at the same time
    for language, name in present(values["names"]).items():
        if set(tag_queries.named(name)) - {own}:
            raise DomainError(f"name_{language}", N_("There is already a tag with this name."))
