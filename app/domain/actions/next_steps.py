"""The next step of an interaction: an action of the congress or campaign that it is about, or of the house."""

from app.domain.actions import follow_ups
from app.domain.actions.follow_ups import FollowUpValues
from app.domain.people import interactions
from app.domain.people.interactions import InteractionValues
from app.models.accounts.accounts import User
from app.models.people.interactions import Interaction
from app.models.people.people import Person


def record_interaction(
    person: Person | None, values: InteractionValues, step: FollowUpValues | None, *, by: User | None
) -> Interaction:
    """Record an interaction, and assign its next step if there is one.

    Raises DomainError as `interactions.record` and `follow_ups.assign` do.
    """
    interaction = interactions.record(person, values, by=by)
    if step is not None:
        follow_ups.assign(
            step,
            by=by,
            congress_id=interaction.congress_id,
            campaign_id=interaction.campaign_id,
            interaction=interaction,
        )
    return interaction
