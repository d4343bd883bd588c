"""The timeline of a person or an organization: what its events are called and where they lead.

Each kind of event of app/queries/people/timeline_sources.py has one small function in `_LINES`.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.models.actions.follow_ups import FollowUp
from app.models.congress.delegations import Delegate, Delegation
from app.models.mail.deliveries import Delivery
from app.models.people.affiliations import Affiliation
from app.models.people.consents import Consent, ConsentMeans
from app.models.people.interactions import Interaction
from app.models.people.memberships import Membership
from app.models.people.organizations import Organization
from app.models.people.people import Participation, Person
from app.models.people.relations import Relation
from app.models.press.mentions import Mention
from app.policy import Permission
from app.queries.people import organizations, people, timelines
from app.queries.people.timeline_sources import EventKind
from app.queries.people.timelines import Event, Position, Timeline
from app.text import N_
from app.web.access import requires
from app.wording.formats import sentence
from app.wording.labels import assignee_name, delegation_name, label

bp = Blueprint("timelines", __name__)

_AFTER = "after"
"""The query parameter with the position after which a page begins."""


Whose = Person | Organization


class Line(NamedTuple):
    """An event as the page shows it."""

    what: str
    """What happened."""
    name: str
    """To what or with whom it happened."""
    url: str = ""
    detail: str = ""


@bp.get("/people/<int:person_id>/timeline")
@requires(Permission.INTERACTION_VIEW)
def of_person(person_id: int) -> ResponseReturnValue:
    """Show everything that happened with a person."""
    person = people.get(person_id)
    shown = timelines.of_person(person_id, _after())
    return _page(shown, person, person.full_name, url_for("people.show", person_id=person_id))


@bp.get("/organizations/<int:organization_id>/timeline")
@requires(Permission.INTERACTION_VIEW)
def of_organization(organization_id: int) -> ResponseReturnValue:
    """Show everything that happened with an organization, as far as the user can see it."""
    organization = organizations.get(organization_id)
    shown = timelines.of_organization(organization_id, _after())
    parent = url_for("organizations.show", organization_id=organization_id)
    return _page(shown, organization, organization.name, parent)


def _after() -> Position | None:
    return Position.read(request.args.get(_AFTER, ""))


def _page(shown: Timeline, whose: Whose, name: str, parent: str) -> str:
    return render_template(
        "people/timelines/show.html",
        lines=[(event, _line(event, whose)) for event in shown.events],
        name=name,
        parent=parent,
        is_first=_after() is None,
        first=request.path,
        next=shown.next and f"{request.path}?{urlencode({_AFTER: str(shown.next)})}",
    )


def _line(event: Event, whose: Whose) -> Line:
    """Return what is shown of an event in the timeline of a person or an organization."""
    return _LINES[EventKind(event.kind)](event.row, whose)


def _action(row: FollowUp, _whose: Whose) -> Line:
    url = url_for("follow_ups.show", follow_up_id=row.id)
    return Line(gettext("Action assigned"), row.title, url, f"{assignee_name(row)} · {label(row.status)}")


def _affiliation(what: str, row: Affiliation, whose: Whose) -> Line:
    is_member = row.organization_id == whose.id
    other = row.parent if is_member else row.organization
    url = url_for("organizations.show", organization_id=other.id)
    detail = label(row.kind) if is_member else gettext("%(kind)s of this organization", kind=label(row.kind))
    return Line(gettext(what), other.name, url, detail)


def _arrival(row: Delegate, _whose: Whose) -> Line:
    return Line(gettext("Arrived"), delegation_name(row.delegation), _delegation_page(row.delegation))


def _article(what: str, row: Mention, _whose: Whose) -> Line:
    article = row.article
    detail = " · ".join(filter(None, (label(row.kind), article.publisher)))
    return Line(gettext(what), article.headline, url_for("articles.show", article_id=article.id), detail)


def _consent_given(row: Consent, _whose: Whose) -> Line:
    return _consent(gettext("Consent given"), row, row.how)


def _consent_withdrawn(row: Consent, _whose: Whose) -> Line:
    return _consent(gettext("Consent withdrawn"), row, row.withdrawn_how)


def _consent(what: str, row: Consent, how: ConsentMeans | None) -> Line:
    return Line(what, sentence(label(row.purpose)), detail=label(how) if how else "")


def _delegation(row: Delegation, _whose: Whose) -> Line:
    return Line(gettext("Delegation"), delegation_name(row), _delegation_page(row), label(row.status))


def _interaction(row: Interaction, whose: Whose) -> Line:
    names = [row.person.full_name] if row.person and row.person is not whose else []
    names += [row.organization.name] if row.organization and row.organization is not whose else []
    url = url_for("interactions.show", interaction_id=row.id)
    return Line(label(row.kind), row.subject, url, " · ".join(names))


def _letter(row: Delivery, _whose: Whose) -> Line:
    state = gettext("sent") if row.sent_at else gettext("not delivered") if row.failed_at else gettext("waiting")
    return Line(gettext("Email"), label(row.kind), detail=state)


def _mailing(row: Delivery, _whose: Whose) -> Line:
    subject = row.mailing.subject if row.mailing else ""
    return Line(gettext("Letter sent"), subject, url_for("mailings.show", mailing_id=row.mailing_id))


def _membership(what: str, row: Membership, whose: Whose) -> Line:
    if row.organization is whose:
        name, url = row.person.full_name, url_for("people.show", person_id=row.person_id)
    else:
        name, url = row.organization.name, url_for("organizations.show", organization_id=row.organization_id)
    return Line(gettext(what), name, url, row.post or "")


def _participation(row: Participation, _whose: Whose) -> Line:
    about = row.congress or row.campaign
    return Line(gettext("Takes part"), about.title if about else "")


def _relation(what: str, row: Relation, whose: Whose) -> Line:
    person, other = (row.person, row.other) if row.person_id == whose.id else (row.other, row.person)
    name = sentence(f"{label(row.kind_of(person))} {other.full_name}")
    return Line(gettext(what), name, url_for("people.show", person_id=other.id), row.note or "")


def _seat(row: Delegate, _whose: Whose) -> Line:
    return Line(
        gettext("Delegation"), delegation_name(row.delegation), _delegation_page(row.delegation), label(row.capacity)
    )


def _delegation_page(delegation: Delegation) -> str:
    return url_for("delegations.show", congress_id=delegation.congress_id, delegation_id=delegation.id)


_K = EventKind
_LINES: dict[EventKind, Callable[[Any, Any], Line]] = {
    _K.ACTION: _action,
    _K.AFFILIATION_BEGUN: partial(_affiliation, N_("Affiliation begun")),
    _K.AFFILIATION_ENDED: partial(_affiliation, N_("Affiliation ended")),
    _K.ARRIVAL: _arrival,
    _K.ARTICLE: partial(_article, N_("Article published")),
    _K.ARTICLE_UNDATED: partial(_article, N_("Article saved")),
    _K.CONSENT_GIVEN: _consent_given,
    _K.CONSENT_WITHDRAWN: _consent_withdrawn,
    _K.DELEGATION: _delegation,
    _K.INTERACTION: _interaction,
    _K.LETTER: _letter,
    _K.MAILING: _mailing,
    _K.MEMBERSHIP_BEGUN: partial(_membership, N_("Membership begun")),
    _K.MEMBERSHIP_ENDED: partial(_membership, N_("Membership ended")),
    _K.PARTICIPATION: _participation,
    _K.RELATION_BEGUN: partial(_relation, N_("Relation begun")),
    _K.RELATION_ENDED: partial(_relation, N_("Relation ended")),
    _K.SEAT: _seat,
}
