"""Where actions belong, and who may be assigned: what the forms of actions offer."""

from collections.abc import Sequence
from typing import Any

from flask import abort, request
from flask_babel import gettext

from app import clock
from app.domain.actions import follow_ups, order
from app.domain.actions.follow_ups import Where
from app.domain.actions.telling import Assignee
from app.domain_errors import DomainError
from app.forms.actions.follow_ups import (
    KEPT,
    NO_ACCOUNT,
    EditFollowUpForm,
    FollowUpForm,
    brigade_choice,
    brigade_in,
)
from app.forms.actions.selected import AssignActionsForm
from app.forms.picking import Choice, PickField
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.actions.templates import ActionTemplate
from app.models.campaigns.campaigns import Campaign
from app.models.congress.congresses import Congress
from app.models.mobilizing.brigades import Brigade
from app.models.people.interactions import Interaction
from app.models.people.people import Person
from app.policy import Permission
from app.queries.accounts import accounts
from app.queries.actions import brigades as brigade_queries
from app.queries.actions import follow_ups as follow_up_queries
from app.queries.actions import order as order_queries
from app.queries.campaigns import campaigns
from app.queries.congress import congresses
from app.text import N_
from app.times import to_instant, to_local
from app.views.people import choices as people_choices
from app.views.people import subjects
from app.web.access import may, may_on
from app.web.choices import SUGGESTED
from app.web.current_user import reader
from app.wording.formats import alphabetical, day
from app.wording.labels import assignee_name

ORDER = ("parent", "after")
"""The actions that an action is part of and waits for: in addresses, in forms and as attributes."""


def places() -> list[tuple[str, str]]:
    """Return where the user may assign actions, by key and name; the empty key is the house."""
    offered = subjects.of_user(Permission.FOLLOW_UP_ASSIGN)
    if may_on(Permission.FOLLOW_UP_ASSIGN, None, None):
        offered.append(("", gettext("none (visible only to those with access to everything)")))
    return offered


def in_address() -> Where | None:
    """Return what the address says that an action belongs to, or None if the form has to ask.

    An action that is part of another one, or waits for it, belongs where that one belongs.
    """
    for number in filter(None, (request.args.get(name, type=int) for name in ORDER)):
        other = follow_up_queries.get(number)
        return where(other) if may_on(Permission.FOLLOW_UP_ASSIGN, other.congress_id, other.campaign_id) else abort(404)
    congress_id, campaign_id = (request.args.get(name, type=int) for name in ("congress", "campaign"))
    named = congress_id is not None or campaign_id is not None
    if named and not may_on(Permission.FOLLOW_UP_ASSIGN, congress_id, campaign_id):
        abort(404)
    if congress_id is not None:
        return Where(congress_id=congress_id)
    return None if campaign_id is None else Where(campaign_id=campaign_id)


def as_address(where: Where) -> dict[str, Any]:
    """Return the parameters of an address that name a place, as `in_address` reads them."""
    return {name.removesuffix("_id"): number for name, number in where.items()}


def named(where: Where | None) -> Congress | Campaign | None:
    """Return the congress or campaign that a form is about, if it is about one."""
    if not where:
        return None
    return congresses.get(where["congress_id"]) if "congress_id" in where else campaigns.get(where["campaign_id"])


def list_of(where: Where) -> str:
    """Return the endpoint of the list with the actions of a place."""
    noun = "congress" if "congress_id" in where else "campaign"
    return f"follow_up_lists.of_{noun}" if where else "follow_up_lists.index"


def where_of(key: str | None) -> Where:
    """Return what the key of a place stands for."""
    ids = subjects.ids_in(key or "")
    if "congress_id" in ids:
        return Where(congress_id=ids["congress_id"])
    return Where(campaign_id=ids["campaign_id"]) if ids else Where()


def where(row: FollowUp | Interaction | ActionTemplate) -> Where:
    """Return what a row belongs to."""
    if row.congress_id is not None:
        return Where(congress_id=row.congress_id)
    return Where() if row.campaign_id is None else Where(campaign_id=row.campaign_id)


def assignees(*places: Where) -> Sequence[User]:
    """Return the open accounts that work on any of the places or on everything, by name."""
    congress_ids = [one["congress_id"] for one in places if "congress_id" in one]
    campaign_ids = [one["campaign_id"] for one in places if "campaign_id" in one]
    return alphabetical(accounts.assignees(*congress_ids, campaign_ids=campaign_ids), lambda user: (user.name,))


def brigades(*places: Where) -> Sequence[Brigade]:
    """Return the brigades that can have actions of any of the places, by name.

    These are the campaign's own; in a congress and in the house, all that the user may see.
    """
    campaign_ids = [one["campaign_id"] for one in places if "campaign_id" in one]
    listed = brigade_queries.offered(campaign_ids if len(campaign_ids) == len(places) else None)
    seen = [one for one in listed if may(Permission.BRIGADE_VIEW, None, one.campaign_id)]
    return alphabetical(seen, lambda one: (one.name,))


def by_choice(*places: Where) -> dict[int | str, User | Brigade]:
    """Return the accounts and the brigades that may be assigned in any of the places, by their choice in forms."""
    users: dict[int | str, User | Brigade] = {user.id: user for user in assignees(*places)}
    return users | {brigade_choice(one.id): one for one in brigades(*places)}


def called(one: User | Brigade, *places: Where) -> str:
    """Return what an account or a brigade is called among the assignees of places."""
    if isinstance(one, User):
        return one.name
    if all(place.get("campaign_id") == one.campaign_id for place in places):
        return str(gettext("%(name)s (brigade)", name=one.name))
    return str(gettext("%(name)s (brigade of %(campaign)s)", name=one.name, campaign=one.campaign.title))


def assignee(place: Where, form: FollowUpForm) -> Assignee | None:
    """Return who was chosen: an account, a person without one or a brigade; abort with 404 if it may not be assigned.

    None if whoever has the action keeps it.
    """
    if form.assignee_id.data == KEPT:
        return None
    if form.assignee_id.data == NO_ACCOUNT:
        person: Person = form.assignee_person.picked()
        return person
    return chosen(place, form.assignee_id.data)


def escalate_to(place: Where, form: FollowUpForm) -> User | None:
    """Return the account to which an action is escalated, if one was chosen."""
    chosen = form.escalate_to_id.data
    return None if chosen is None else account(place, chosen)


def chosen(place: Where, choice: int | str) -> User | Brigade:
    """Return the account or the brigade of a choice, or abort with 404 if it may not be assigned there."""
    return by_choice(place).get(choice) or abort(404)


def account(place: Where, user_id: int) -> User:
    """Return an account that was chosen for an action, or abort with 404 if it may not be assigned there."""
    return next((user for user in assignees(place) if user.id == user_id), None) or abort(404)


def assignee_among(places: Sequence[Where], form: AssignActionsForm) -> Assignee:
    """Return who was chosen for actions of several places; abort with 404 if it may be assigned in none of them."""
    if form.assignee_id.data == NO_ACCOUNT:
        person: Person = form.assignee_person.picked()
        return person
    return by_choice(*places).get(form.assignee_id.data) or abort(404)


def offer_assignees(form: FollowUpForm | AssignActionsForm, *places: Where) -> list[tuple[int, str]]:
    """Offer the accounts of any of the places, which it returns, a brigade, or a person without an account."""
    offered = by_choice(*places)
    listed = [(choice, called(one, *places)) for choice, one in offered.items()]
    form.assignee_id.offer([*listed, (NO_ACCOUNT, gettext("– a person without an account –"))])
    people_choices.offer_people(form.assignee_person)
    return [(one.id, one.name) for one in offered.values() if isinstance(one, User)]


def said(done: str, follow_up: FollowUp) -> str:
    """Return what is said when an action was saved; what is allowed but may be an oversight never goes unnoticed.

    That is a due date that has passed, and a brigade of which no coordinator can be told.
    """
    sentences, brigade_id = [done], follow_up.assignee_brigade_id
    if follow_up.due_at < clock.now():
        sentences.append(gettext("This date has passed: the action is overdue from the beginning."))
    if brigade_id is not None and not brigade_queries.coordinators([brigade_id])[brigade_id]:
        sentences.append(gettext("The brigade has no coordinator who is reached by email, so nobody is told."))
    return " ".join(sentences)


def prepare(form: FollowUpForm, *places: Where) -> None:
    """Offer those who may be assigned in any of the places, and to whom it can be escalated, and check the due date."""
    form.escalate_to_id.offer([("", gettext("nobody")), *offer_assignees(form, *places)])
    form.check(lambda due: follow_ups.check_due(to_instant(due, reader().timezone, "due")), "due")


def prepare_edited(form: EditFollowUpForm, follow_up: FollowUp) -> None:
    """Offer the same for an action that is edited, and the actions that it can be part of or wait for.

    If somebody has it whom the user could not choose, for example a person whom the user cannot see, that is a choice as
    well: saving the form leaves it to whoever has it.
    """
    prepare(form, where(follow_up))
    _offer_to_keep(form, follow_up)
    for field in (form.parent, form.after):
        _offer_actions(field, follow_up)
    form.check(lambda parent, after: order.check(follow_up, parent, after), *ORDER)


def _offer_to_keep(form: EditFollowUpForm, follow_up: FollowUp) -> None:
    offered: dict[str, str] = dict(form.assignee_id.choices or {})  # type: ignore[arg-type]  # it offers a dict
    user_id, _person_id, brigade_id = follow_up.held
    choice = user_id if brigade_id is None else brigade_choice(brigade_id)
    if not follow_up.is_assigned or follow_up.assignee_person is not None:
        return
    if str(choice) not in offered:
        choice = KEPT
        form.assignee_id.offer([(KEPT, assignee_name(follow_up)), *offered.items()])
    form.assignee_id.object_data = choice  # what the form was filled with, which others' changes are compared with
    if not form.is_submitted():
        form.assignee_id.process_data(choice)


def _offer_actions(field: PickField, follow_up: FollowUp) -> None:
    """Let a field find the other open actions of the same place by their title; the next ones are suggested."""

    def shown(one: FollowUp) -> str:
        return f"{one.title} ({day(to_local(one.due_at, reader().timezone).date())})"

    def found(typed: str) -> list[Choice]:
        listed = order_queries.open_beside(follow_up, typed.rpartition(" (")[0] or typed, SUGGESTED)
        return [Choice(shown(one), one, (one.title,)) for one in listed]

    field.choices, field.search, field.shown = found(""), found, shown


def check_escalation(key: str | None, user_id: int | None) -> None:
    """Raise DomainError unless the account to which an action is escalated works on the place with a key."""
    if user_id is not None:
        check_assignee(key, user_id, "escalate_to_id")


def check_assignee(key: str | None, assignee_id: int | str, field: str = "assignee_id") -> None:
    """Raise DomainError on `field` unless the account works on the place with a key, or the brigade can have its actions."""
    if brigade_in(assignee_id) is not None:
        if assignee_id not in by_choice(where_of(key)):
            raise DomainError(field, N_("Choose a brigade of this campaign."))
    elif assignee_id != NO_ACCOUNT and assignee_id not in {user.id for user in assignees(where_of(key))}:
        raise DomainError(field, N_("Choose someone who works on this congress or campaign."))
