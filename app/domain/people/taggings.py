"""Which people and organizations have which tags."""

from collections.abc import Sequence

from app import clock
from app.domain import bulk
from app.domain.accounts import audit
from app.domain.bulk import Outcome
from app.extensions import db
from app.models.people.people import Person
from app.models.people.records import Record, column_of
from app.models.people.tags import Tag, Tagging
from app.queries.dependents import Place
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


def put_on_all(model: type[Record], ids: Sequence[int], tag: Tag) -> Outcome:
    """Give many people or organizations a tag; see `app/domain/bulk.py` for whom."""
    known, before = tag_queries.ids_of_taggings(model, tag.id, ids), tag_queries.names_of(model, ids)
    new = [number for number in ids if number not in known]
    nobody = {"person_id": None, "organization_id": None, "tag_id": tag.id, "created_at": clock.now()}
    owner = _column(model)
    bulk.add(Tagging, [nobody | {owner: number} for number in new], lambda row: _place(model, row[owner]))
    _note(model, new, before)
    return Outcome(new, already=len(known))


def take_off_all(model: type[Record], ids: Sequence[int], tag: Tag) -> Outcome:
    """Take a tag off many people or organizations; see `app/domain/bulk.py` for whom."""
    known, before = tag_queries.ids_of_taggings(model, tag.id, ids), tag_queries.names_of(model, ids)
    bulk.remove(Tagging, {number: _place(model, record) for record, number in known.items()})
    _note(model, list(known), before)
    return Outcome(list(known), already=len(ids) - len(known))


def _note(model: type[Record], ids: Sequence[int], before: dict[int, list[str]]) -> None:
    after = tag_queries.names_of(model, ids)
    bulk.note("changed", [(_place(model, one), {"tags": before[one]}, {"tags": after[one]}) for one in ids])


def _column(model: type[Record]) -> str:
    return "person_id" if model is Person else "organization_id"


def _place(model: type[Record], number: int) -> Place:
    return model.__tablename__, number
