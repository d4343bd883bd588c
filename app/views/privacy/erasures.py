"""The page that erases a person for good."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.backups import folders
from app.config import Config
from app.domain.accounts import approvals
from app.domain.privacy import erasures
from app.domain_errors import DomainError
from app.forms.privacy.erasures import ErasureForm
from app.models.accounts.approvals import ApprovalKind, ApprovalRequest
from app.models.people.people import Person
from app.models.privacy.erasures import Erasure
from app.models.scoping import in_every_scope
from app.policy import Permission
from app.queries.accounts import approvals as approval_queries
from app.queries.congress import removed_people
from app.queries.privacy import hits, rows, subjects
from app.views.people.parts import person_page
from app.views.privacy.links import page_of
from app.web.access import requires
from app.web.current_user import reader
from app.web.looks import looked_at
from app.web.submit import ACTS, submit
from app.wording.privacy import groups_of, place_of

bp = Blueprint("erasures", __name__)


@bp.route("/people/<int:person_id>/erase", methods=["GET", "POST"])
@requires(Permission.PERSON_ERASE, fresh=True)
def erase(person_id: int) -> ResponseReturnValue:
    """Say what becomes of everything about a person, and erase her, or ask another admin to approve it."""
    person, form = removed_people.get_restorable(person_id), ErasureForm()
    form.expect(person.full_name)
    return submit(
        form,
        ACTS,
        write=lambda: _erase_or_ask(person),
        then=lambda erasure: url_for("people.index") if erasure else url_for("erasures.erase", person_id=person_id),
        otherwise=lambda: _page(person, form),
        done=_said,
    )


def _erase_or_ask(person: Person) -> Erasure | None:
    """Erase a person, or ask for it where the house wants two admins and none has approved it yet."""
    if approvals.needs_two_to_erase():
        asked = _approved(person)
        if asked is None:
            erasures.check(person)
            approvals.ask_for_erasure(_what(person), by=reader())
            return None
        approvals.use(asked)
    return erasures.erase(person, by=reader())


def _approved(person: Person) -> ApprovalRequest | None:
    return approval_queries.usable(ApprovalKind.ERASURE, reader(), _what(person))


def _what(person: Person) -> str:
    return url_for("erasures.erase", person_id=person.id)


def _said(erasure: Erasure | None) -> str:
    if erasure is None:
        return str(gettext(
            "Another admin has to approve this, and has been told by email. After that, erase the person here within a day."
        ))  # fmt: skip
    return str(gettext("The person was erased for good. The files of the database are cleaned within a few minutes."))


def _page(person: Person, form: ErasureForm) -> str:
    looked_at("people", [person.id], "contact_details")
    with in_every_scope():
        subject = subjects.subject_of(person)
        hers, referring = rows.belonging(subject), rows.naming(subject)
        found = [(place_of(hit), page_of(hit)) for hit in hits.find(subject, hers)]
    return render_template(
        "privacy/erasures/erase.html",
        form=form,
        person=person,
        groups=groups_of({name: len(ids) for name, ids in hers.items()}),
        seats=len(hers.get("delegates", ())),
        sign_ups=len(hers.get("sign_ups", ())),
        referring={name: len(ids) for name, ids in referring.items()},
        shared=sorted(subject.shared),
        hits=list(dict.fromkeys(found)),
        obstacle=_obstacle(person),
        waits=approvals.needs_two_to_erase() and _approved(person) is None,
        **_backups(),
        trail=[(person.full_name, person_page(person))] if person.removed_at is None else [],
    )


def _obstacle(person: Person) -> str:
    try:
        erasures.check(person)
    except DomainError as error:
        return str(gettext(error.message))
    return ""


def _backups() -> dict[str, Any]:
    """Return how many backups there are, and when the last one that contains her will have expired."""
    settings: Config = current_app.config["SETTINGS"]
    stored = folders.stored(settings.backups_dir)
    return {
        "backups": len(stored),
        "backups_until": (clock.now() + timedelta(days=settings.backup_days + 1)).date() if stored else None,
        "backups_dir": settings.backups_dir,
    }
