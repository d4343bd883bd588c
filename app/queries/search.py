"""One search over everything that the user may see, by kind."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.models.actions.follow_ups import FollowUp
from app.models.campaigns.campaigns import Campaign
from app.models.congress.congresses import Congress
from app.models.mobilizing.mobilizations import Mobilization
from app.models.people.memberships import Membership
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.press.articles import Article
from app.queries.finding import Found, by_text, in_order
from app.queries.mobilizing import mobilizations
from app.queries.paging import Page, slice_of
from app.queries.people import organizations, people
from app.queries.press import articles


class Kind(StrEnum):
    """What can be searched, in the order of the results."""

    PEOPLE = "people"
    ORGANIZATIONS = "organizations"
    CONGRESSES = "congresses"
    CAMPAIGNS = "campaigns"
    MOBILIZATIONS = "mobilizations"
    ACTIONS = "actions"
    ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class Results:
    """The results of one kind."""

    page: Page[Any]
    more: bool
    """Whether there are more results than the pages hold."""


def find(kind: Kind, typed: str, number: int, *, size: int) -> Results:
    """Return a page of the rows of a kind in the current scope that fit what was typed, best first."""
    search, model, options = _SEARCHES[kind]
    found = search(typed)
    page = slice_of(found.ids, number, size=size)
    return Results(page.of(in_order(model, page.rows, *options)), found.more)


def _congresses(typed: str) -> Found:
    named = (Congress.title, Congress.edition, Congress.theme, Congress.venue, Congress.locality)
    return by_text(Congress, typed, *named, latest=(Congress.start_date.desc(), Congress.id))


def _campaigns(typed: str) -> Found:
    return by_text(Campaign, typed, Campaign.title, Campaign.goal, latest=(Campaign.start_date.desc(), Campaign.id))


def _actions(typed: str) -> Found:
    return by_text(FollowUp, typed, FollowUp.title, FollowUp.note, latest=(FollowUp.due_at.desc(), FollowUp.id))


_MEMBERSHIPS = joinedload(Person.memberships).joinedload(Membership.organization)
_SEARCHES: dict[Kind, tuple[Callable[[str], Found], Any, tuple[ExecutableOption, ...]]] = {
    Kind.PEOPLE: (people.matching, Person, (_MEMBERSHIPS,)),
    Kind.ORGANIZATIONS: (organizations.matching, Organization, ()),
    Kind.CONGRESSES: (_congresses, Congress, ()),
    Kind.CAMPAIGNS: (_campaigns, Campaign, ()),
    Kind.MOBILIZATIONS: (mobilizations.matching, Mobilization, ()),
    Kind.ACTIONS: (_actions, FollowUp, ()),
    Kind.ARTICLES: (articles.matching, Article, ()),
}
