"""Duplicates of one new person, while someone types: people who are recorded already, and people who are not."""

from app.extensions import db
from app.queries.people.duplicates import people_like
from benchmarks import Case
from benchmarks.crowd import Crowd
from benchmarks.timing import milliseconds, p95


def cases(crowd: Crowd, quick: bool) -> list[Case]:
    """Measure 200 people: half of them recorded with a slip in the name, and half of them new."""
    typed = crowd.typed_again(10 if quick else 100)
    found = sum(any(one.row.id == number for one in people_like(record)) for number, record in typed)
    records = [record for _number, record in typed] + crowd.strangers(len(typed))
    took = []
    for record in records:
        db.session.expunge_all()
        took.append(milliseconds(lambda record=record: people_like(record)))
    return [
        Case(f"duplicates of one new person among {crowd.size:,}, p95 of {len(records)}", p95(took), 20.0, "ms"),
        Case("people recorded already who were found", found / len(typed), 0.9, "share", at_least=True),
    ]
