"""Changes to what people take part in, and so to who can see them."""

from app import clock
from app.domain.accounts import audit
from app.domain.people.people import facts
from app.domain_errors import DomainError
from app.models.people.people import Participation, Person
from app.text import N_


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
