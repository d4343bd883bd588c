"""The next step of an interaction: an action of its congress."""

from app.domain.actions import follow_ups
from app.domain.actions.follow_ups import FollowUpValues
from app.domain.people import interactions
from app.domain.people.interactions import InteractionValues
from app.domain_errors import DomainError
from app.models.accounts.accounts import User
from app.models.people.interactions import Interaction
from app.models.people.people import Person
from app.text import N_


def record_interaction(
    person: Person | None, values: InteractionValues, step: FollowUpValues | None, *, by: User | None
) -> Interaction:
    """Record an interaction, and assign its next step if there is one.

    Raises DomainError as `interactions.record` and `follow_ups.assign` do, and on `about` if an action is assigned without
    a congress.
    """
    interaction = interactions.record(person, values, by=by)
    if step is not None:
        check_congress(interaction.congress_id)
        follow_ups.assign(interaction.congress_id or 0, step, by=by, interaction=interaction)
    return interaction


def check_congress(congress_id: int | None) -> None:
    """Raise DomainError on `about` if there is no congress."""
    if congress_id is None:
        raise DomainError("about", N_("Choose a congress: an action belongs to one, and its team can see it."))
