"""Which people and organizations have which tags."""

from app import clock
from app.domain.accounts import audit
from app.extensions import db
from app.models.people.records import Record, column_of
from app.models.people.tags import Tag, Tagging
from app.queries.people import tags as tag_queries


def put_on(record: Record, tag: Tag) -> Tagging:
    """Give a person or an organization a tag; one that it already has stays."""
    known = next((one for one in tag_queries.of_record(record) if one.tag_id == tag.id), None)
    if known:
        return known
    tagging = Tagging(tag=tag, created_at=clock.now(), **{column_of(record).removesuffix("_id"): record})
    with audit.changing(record, _facts):
        db.session.add(tagging)
    return tagging


def take_off(record: Record, tagging: Tagging) -> None:
    """Take a tag off a person or an organization."""
    with audit.changing(record, _facts):
        db.session.delete(tagging)


def _facts(record: Record) -> audit.Facts:
    return {"tags": [one.tag.name for one in tag_queries.of_record(record)]}
