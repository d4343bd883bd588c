"""Search as typed: by someone who sees everybody, and by an organizer who sees few of them."""

from sqlalchemy import insert, select

from app.extensions import db
from app.models.people.people import Participation, Person
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.queries.search import Kind, find
from benchmarks import Case, ground
from benchmarks.crowd import Crowd
from benchmarks.timing import compared, p95

OWN = 100
"""The people of the organizer who sees only one congress."""


def cases(crowd: Crowd, quick: bool) -> list[Case]:
    """Measure 300 questions of all kinds, and the whole names of the organizer's people."""
    questions = crowd.questions(24 if quick else 300)
    everybody, bare = compared([lambda typed=typed: _asked(typed) for typed in questions])
    own, typed_of_own = organizer()
    enter_scope(own)
    scoped, _ = compared([lambda typed=typed: _asked(typed) for typed in typed_of_own])
    missed = sum(not _asked(typed) for typed in typed_of_own)
    enter_scope(EVERYTHING)
    of = f"{len(questions)} questions, {crowd.size:,} people"
    return [
        Case(f"search as typed, p95 of {of}", p95(everybody), 60.0, "ms"),
        Case("the same, p95 compared with the bare SQL statements", p95(everybody) / p95(bare), 2.0, "times"),
        Case(f"the same by an organizer who sees {OWN} of them, p95", p95(scoped), 60.0, "ms"),
        Case("people of that organizer who were not found", missed, 0.0, "people"),
    ]


def _asked(typed: str) -> int:
    db.session.expunge_all()
    return find(Kind.PEOPLE, typed, 1, size=5).page.total


def organizer() -> tuple[Scope, list[str]]:
    """Return the scope of an organizer with a few people among the last ones recorded, and their names."""
    congress = ground.congress()
    chosen = select(Person.id, Person.given_name, Person.family_name).order_by(Person.id.desc()).limit(OWN)
    rows = db.session.execute(chosen).all()
    taking_part = [{"person_id": row.id, "congress_id": congress.id, "created_at": ground.NOW} for row in rows]
    db.session.execute(insert(Participation), taking_part)
    db.session.commit()
    return Scope(congress_ids=frozenset({congress.id})), [f"{row.given_name} {row.family_name}" for row in rows]
