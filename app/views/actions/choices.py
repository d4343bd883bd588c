"""Where actions belong, and who may be assigned: what the forms of actions offer."""

from collections.abc import Sequence
from typing import Any

from flask import abort, request
from flask_babel import gettext

from app.domain.actions import follow_ups
from app.domain.actions.follow_ups import Where
from app.domain_errors import DomainError
from app.forms.actions.follow_ups import NO_ACCOUNT, FollowUpForm
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.actions.templates import ActionTemplate
from app.models.campaigns.campaigns import Campaign
from app.models.congress.congresses import Congress
from app.models.people.interactions import Interaction
from app.models.people.people import Person
from app.policy import Permission
from app.queries.accounts import accounts
from app.queries.campaigns import campaigns
from app.queries.congress import congresses
from app.text import N_
from app.times import to_instant
from app.views.people import choices as people_choices
from app.views.people import subjects
from app.web.access import may_on
from app.web.current_user import reader
from app.wording.formats import alphabetical


def places() -> list[tuple[str, str]]:
    """Return where the user may assign actions, by key and name; the empty key is the house."""
    offered = subjects.of_user(Permission.FOLLOW_UP_ASSIGN)
    if may_on(Permission.FOLLOW_UP_ASSIGN, None, None):
        offered.append(("", gettext("none (visible only to those with access to everything)")))
    return offered


def in_address() -> Where | None:
    """Return what the address says that an action belongs to, or None if the form has to ask."""
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


def assignee(place: Where, form: FollowUpForm) -> User | Person:
    """Return the account or the person without an account that was chosen; abort with 404 if it may not be assigned."""
    if form.assignee_id.data == NO_ACCOUNT:
        person: Person = form.assignee_person.picked()
        return person
    return account(place, form.assignee_id.data)


def account(place: Where, user_id: int) -> User:
    """Return an account that was chosen for an action, or abort with 404 if it may not be assigned there."""
    return next((user for user in assignees(place) if user.id == user_id), None) or abort(404)


def prepare(form: FollowUpForm, *places: Where) -> None:
    """Offer those who may be assigned in any of the places, or a person without an account, and check the due date."""
    listed = [(user.id, user.name) for user in assignees(*places)]
    form.assignee_id.offer([*listed, (NO_ACCOUNT, gettext("– a person without an account –"))])
    people_choices.offer_people(form.assignee_person)
    form.check(lambda due: follow_ups.check_due(to_instant(due, reader().timezone, "due")), "due")


def check_assignee(key: str | None, assignee_id: int, field: str = "assignee_id") -> None:
    """Raise DomainError on `field` unless the account works on the place with a key."""
    if assignee_id != NO_ACCOUNT and assignee_id not in {user.id for user in assignees(where_of(key))}:
        raise DomainError(field, N_("Choose someone who works on this congress or campaign."))
