"""What actions are about: read from the address of a form, and shown with links."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import abort, request, url_for
from flask_babel import gettext

from app.domain.actions.follow_ups import Where
from app.models.actions.follow_ups import FollowUp
from app.models.congress.delegations import Delegation
from app.policy import Permission
from app.queries.actions import follow_ups
from app.queries.congress import delegations, resolutions
from app.queries.mobilizing import mobilizations
from app.queries.people import interactions, organizations, people
from app.queries.press import articles
from app.queries.travel import legs, problems
from app.web.access import may
from app.wording.labels import delegation_name, way
from app.wording.problems import problem_title

SUBJECTS = (
    "parent", "after", "problem", "resolution", "mobilization", "delegation", "leg", "person", "organization", "article", "interaction",
)  # fmt: skip
"""The names of the subjects, in the address and as attributes of an action, in the order in which they are shown."""
OCCASION = ("congress", "campaign", *SUBJECTS)
"""The parameters of an address that say where an action belongs and what it is about."""
_OF_CONGRESS, _OF_CAMPAIGN = {"problem", "resolution", "delegation", "leg"}, {"mobilization"}


class Subject(NamedTuple):
    """What an action is about, as pages name it."""

    heading: str
    name: str
    url: str
    is_action: bool = False


def in_address(where: Where | None) -> dict[str, Any]:
    """Return the subjects whose ids are in the query string, by name; the delegations are a list.

    Those of a congress or a campaign need it: without it, and with an id out of scope, the page does not exist.
    """
    numbers = {name: request.args.getlist(name, type=int) for name in SUBJECTS}
    congress_id, campaign_id = (where.get("congress_id"), where.get("campaign_id")) if where else (None, None)
    for owner_id, names in ((congress_id, _OF_CONGRESS), (campaign_id, _OF_CAMPAIGN)):
        if owner_id is None and any(numbers[name] for name in names):
            abort(404)
    readers: dict[str, Callable[[int], Any]] = {
        "parent": follow_ups.get,
        "after": follow_ups.get,
        "resolution": lambda number: resolutions.get(congress_id or 0, number),
        "mobilization": lambda number: mobilizations.get(campaign_id or 0, number),
        "problem": lambda number: problems.get(congress_id or 0, number),
        "leg": lambda number: next(iter(legs.some(congress_id or 0, [number])), None) or abort(404),
        "person": people.get,
        "organization": organizations.get,
        "article": articles.get,
        "interaction": interactions.get,
    }
    found: dict[str, Any] = {name: read(numbers[name][0]) for name, read in readers.items() if numbers[name]}
    if numbers["delegation"]:
        found["delegations"] = [delegations.get(congress_id or 0, number) for number in numbers["delegation"]]
    return found


def of(follow_up: FollowUp) -> list[Subject]:
    """Return what an action is about, as far as the user may see it."""
    return named({name: getattr(follow_up, name) for name in SUBJECTS})


def named(subjects: dict[str, Any]) -> list[Subject]:
    """Return the names and pages of subjects that are given by name."""
    shown = [(name, subjects[name]) for name in SUBJECTS if subjects.get(name) is not None]
    return [_NAMING[name](row) for name, row in shown if _is_shown(name, row)]


def _is_shown(name: str, row: Any) -> bool:
    """Whether a subject has a page that the user may see: it is not removed."""
    if name in ("resolution", "mobilization"):
        return row.removed_at is None
    return name != "interaction" or may(Permission.INTERACTION_VIEW)


def _delegation(row: Delegation) -> str:
    return url_for("delegations.show", congress_id=row.congress_id, delegation_id=row.id)


def _action(heading: str, row: FollowUp) -> Subject:
    return Subject(heading, row.title, url_for("follow_ups.show", follow_up_id=row.id), is_action=True)


_NAMING: dict[str, Callable[[Any], Subject]] = {
    "parent": lambda row: _action(gettext("Part of"), row),
    "after": lambda row: _action(gettext("Waits for") if row.is_open else gettext("Begins after"), row),
    "resolution": lambda row: Subject(
        gettext("Resolution"),
        row.title,
        url_for("resolutions.show", congress_id=row.congress_id, resolution_id=row.id),
    ),
    "mobilization": lambda row: Subject(
        gettext("Mobilization"),
        row.title,
        url_for("mobilizations.show", campaign_id=row.campaign_id, mobilization_id=row.id),
    ),
    "problem": lambda row: Subject(
        gettext("Route problem"),
        problem_title(row),
        url_for("problems.show", congress_id=row.congress_id, problem_id=row.id),
    ),
    "delegation": lambda row: Subject(gettext("Delegation"), delegation_name(row), _delegation(row)),
    "leg": lambda row: Subject(gettext("Leg"), way(row), f"{_delegation(row.journey.delegation)}#way"),
    "person": lambda row: Subject(gettext("Person"), row.full_name, url_for("people.show", person_id=row.id)),
    "organization": lambda row: Subject(
        gettext("Organization"), row.name, url_for("organizations.show", organization_id=row.id)
    ),
    "article": lambda row: Subject(gettext("Article"), row.headline, url_for("articles.show", article_id=row.id)),
    "interaction": lambda row: Subject(
        gettext("Next step of"), row.subject, url_for("interactions.show", interaction_id=row.id)
    ),
}
