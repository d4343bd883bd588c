"""The link in the letters of mailings: a person withdraws the consent to emails. No account, no cookies."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from app import tokens
from app.domain.people import mailings
from app.extensions import db
from app.models.people.people import Person
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.people import merges, people
from app.web.cookieless import LinkOver, SignedLink

bp = Blueprint("unsubscribing", __name__, url_prefix="/no-emails/<token>")


def _person(token: str) -> Person:
    """Return the person of a link, also after a merge. The letter may be older than what she takes part in now."""
    person_id = tokens.read_person(current_app.config["SECRET_KEY"], token)
    if person_id is None:
        raise LinkOver
    enter_scope(EVERYTHING)
    return people.get(merges.current_id("people", person_id) or person_id)


LINK = SignedLink(
    "consent to emails",
    read=_person,
    languages=lambda person: [person.preferred_language] if person.preferred_language else [],
    home="unsubscribing.ask",
    over="people/mailings/over.html",
)


@bp.get("")
@LINK.opens
def ask(person: Person) -> ResponseReturnValue:
    """Ask whether to receive no more emails. This changes nothing, because link scanners follow it."""
    return _page(person)


@bp.post("")
@LINK.opens_at_one_click
def withdraw(person: Person) -> ResponseReturnValue:
    """Withdraw the consent, from the page or by an email program's one-click request (RFC 8058)."""
    mailings.withdraw_consent(person)
    db.session.commit()
    return _page(person)


def _page(person: Person) -> str:
    return render_template("people/mailings/unsubscribe.html", agreed=mailings.consent_of(person) is not None)
