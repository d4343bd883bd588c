"""What the forms of interactions offer and check, and who may change an interaction."""

from collections.abc import Callable, Collection
from datetime import datetime

from app.domain.actions import follow_ups
from app.domain.actions.follow_ups import FollowUpValues
from app.domain.people import interactions
from app.domain.people.interactions import InteractionValues
from app.domain_errors import DomainError
from app.forms.people.interactions import InteractionForm, NewInteractionForm
from app.models.people.interactions import Interaction
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.policy import Permission
from app.text import N_
from app.times import to_instant
from app.views.actions import choices as action_choices
from app.views.people import choices, subjects
from app.web.access import may, may_on
from app.web.current_user import reader


def is_writable(person: Person | None) -> bool:
    """Return whether the user may record an interaction: with that person, or with an organization only."""
    return may(Permission.INTERACTION_EDIT) and (person is None or subjects.is_editable(person))


def is_editable(interaction: Interaction) -> bool:
    """Return whether the user may change an interaction."""
    if interaction.person_id is not None:
        return is_writable(interaction.person)
    return may_on(Permission.INTERACTION_EDIT, interaction.congress_id, interaction.campaign_id)


def is_assignable(interaction: Interaction) -> bool:
    """Return whether the user may assign a next step, in the congress or campaign that the interaction is about."""
    where = interaction.congress_id, interaction.campaign_id
    return is_editable(interaction) and may_on(Permission.FOLLOW_UP_ASSIGN, *where)


def prepare_new(form: NewInteractionForm) -> bool:
    """Offer the choices of a new interaction, and check the rules; return whether a next step can be assigned."""
    _prepare(form)
    form.check(subjects.check_editable("person"), "person")
    form.check(interactions.check_parties, "person", "organization")
    form.check(_check_visibility, "person", "about")
    keys = [key for key, _title in action_choices.places()]
    if keys:
        listed = action_choices.assignees(*map(action_choices.where_of, keys))
        form.step_assignee_id.offer([(user.id, user.name) for user in listed])
        form.check(_check_due, "step_due")
        form.check(_check_step(keys), "step_title", "about", "step_assignee_id")
    else:
        del form.step_title, form.step_due, form.step_assignee_id
    return bool(keys)


def prepare_edit(form: InteractionForm, interaction: Interaction) -> None:
    """Offer the choices of an interaction that is edited, and check the rules.

    A congress or campaign that the user does not work on is neither shown nor changed.
    """
    _prepare(form)
    form.check(lambda organization: interactions.check_parties(interaction.person, organization), "organization")
    key = key_of(interaction)
    if key and key not in (form.about.choices or ()):
        del form.about
    else:
        form.check(lambda about: _check_visibility(interaction.person, about), "about")


def values(
    form: InteractionForm, organization: Organization | None, interaction: Interaction | None = None
) -> InteractionValues:
    """Return the interaction as it was typed; without the field, its congress or campaign stays."""
    key = key_of(interaction) if interaction is not None and "about" not in form else form.about.data
    about = subjects.ids_in(key or "")
    return form.values(reader().timezone, about.get("congress_id"), about.get("campaign_id"), organization)


def step(form: NewInteractionForm) -> FollowUpValues:
    """Return the next step as it was typed."""
    where = action_choices.where_of(form.about.data or "")
    return form.step(action_choices.account(where, form.step_assignee_id.data), reader().timezone)


def key_of(interaction: Interaction) -> str:
    """Return the congress or campaign of an interaction as forms name it; empty if there is none."""
    if interaction.congress_id:
        return f"congress:{interaction.congress_id}"
    return f"campaign:{interaction.campaign_id}" if interaction.campaign_id else ""


def _prepare(form: InteractionForm) -> None:
    choices.offer_organizations(form.organization, None)
    form.about.offer([("", "–"), *subjects.of_user(Permission.INTERACTION_EDIT)])
    zone = reader().timezone
    form.check(lambda occurred: interactions.check_occurred(to_instant(occurred, zone, "occurred")), "occurred")


def _check_visibility(person: Person | None, about: str | None) -> None:
    if person is None and not about and not may_on(Permission.INTERACTION_EDIT, None, None):
        raise DomainError("about", N_("Choose who can see it: those who work on this congress or campaign."))


def _check_due(due: datetime | None) -> None:
    if due is not None:
        follow_ups.check_due(to_instant(due, reader().timezone, "step_due"), "step_due")


def _check_step(keys: Collection[str]) -> Callable[[str | None, str | None, int], None]:
    """Return the rule that a step belongs to a place in which the user assigns actions, to someone who works on it."""

    def check(title: str | None, about: str | None, assignee_id: int) -> None:
        if not title:
            return
        if (about or "") not in keys:
            raise DomainError("about", N_("Choose one in which you assign actions: its team can see the next step."))
        action_choices.check_assignee(about or "", assignee_id, field="step_assignee_id")

    return check
