"""Changes to what people take part in, and so to who can see them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from app import clock
from app.domain import bulk
from app.domain.accounts import audit
from app.domain.bulk import Left, Outcome
from app.domain.people.people import facts
from app.domain_errors import DomainError
from app.models.people.people import Participation, Person
from app.queries.people import participations as participation_queries
from app.text import N_

_PEOPLE = Person.__tablename__


def begin(person: Person, *, congress_id: int | None = None, campaign_id: int | None = None) -> Participation:
    """Record that a person takes part in a congress or campaign; if this is already recorded, return that record."""
    known = next((one for one in person.participations if one.where == (congress_id, campaign_id)), None)
    if known:
        return known
    participation = Participation(congress_id=congress_id, campaign_id=campaign_id, created_at=clock.now())
    with audit.changing(person, facts):
        person.participations.append(participation)
    return participation


def end(person: Person, participation: Participation) -> None:
    """Remove a participation.

    Raises DomainError for the last one in scope: the person would disappear from the list of whoever removes it.
    """
    if person.participations == [participation]:
        raise DomainError(None, N_("This is the only congress or campaign through which you can see this person."))
    with audit.changing(person, facts):
        person.participations.remove(participation)


def begin_all(person_ids: Sequence[int], *, congress_id: int | None = None, campaign_id: int | None = None) -> Outcome:
    """Record that many people take part in a congress or campaign; see `app/domain/bulk.py` for whom."""
    new = _join(person_ids, congress_id, campaign_id)
    _note_changed(new)
    return Outcome(new, already=len(person_ids) - len(new))


def move_all(
    person_ids: Sequence[int], source: tuple[int | None, int | None], target: tuple[int | None, int | None]
) -> Outcome:
    """Record that people take part in one congress or campaign instead of another; those who are not in it are left.

    Nobody is left without anybody who can see them: each takes part in the target before the source is removed.
    """
    there = participation_queries.of_people(person_ids, *source)
    _join(list(there), *target)
    bulk.remove(Participation, {number: (_PEOPLE, person_id) for person_id, number in there.items()})
    _note_changed(there)
    return Outcome(list(there), left=Counter({Left.NOT_THERE: len(person_ids) - len(there)}))


def _join(person_ids: Sequence[int], congress_id: int | None, campaign_id: int | None) -> list[int]:
    """Record the participations of those who have none there yet; return their ids."""
    known = participation_queries.of_people(person_ids, congress_id, campaign_id)
    new = [number for number in person_ids if number not in known]
    where = {"congress_id": congress_id, "campaign_id": campaign_id, "created_at": clock.now()}
    joined = [where | {"person_id": number} for number in new]
    bulk.add(Participation, joined, lambda row: (_PEOPLE, row["person_id"]))
    return new


def _note_changed(person_ids: Iterable[int]) -> None:
    """Record in the history that participations changed; which ones is concealed in it."""
    changed = {"participations": False}, {"participations": True}
    bulk.note("changed", [((_PEOPLE, number), *changed) for number in person_ids])
