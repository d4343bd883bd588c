"""Pages and buttons for consents of people."""

from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.domain.people import consents
from app.forms.fields import given
from app.forms.people.consents import ConsentForm, WithdrawalForm
from app.models.people.consents import ConsentPurpose
from app.models.people.people import Person
from app.policy import Permission
from app.queries.accounts import audit
from app.queries.people import consents as consent_queries
from app.times import to_typed
from app.views.people.parts import editable, form_page, person_page
from app.web.access import requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.submit import ACTS, creates, press, submit
from app.web.undoing import undoable

bp = Blueprint("consents", __name__, url_prefix="/people/<int:person_id>/consents")

_CONTACT = (ConsentPurpose.EMAIL, ConsentPurpose.PHONE, ConsentPurpose.MESSAGES)
"""The purposes that concern how a person is reached."""


def section(person: Person) -> dict[str, Any]:
    """Return what the page of a person shows of her consents."""
    found = {purpose: rows for purpose, rows in consents.by_purpose(person).items() if rows}
    recorders = {one.recorded_by_id for rows in found.values() for one in rows}
    recorders |= {one.withdrawal_recorded_by_id for rows in found.values() for one in rows}
    return {
        "consents": found,
        "refused": [purpose for purpose in _CONTACT if purpose in found and found[purpose][0].is_withdrawn],
        "consent_strangers": audit.strangers(recorders),
    }


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
@creating
def new(person_id: int) -> ResponseReturnValue:
    """Record a consent of a person."""
    person = editable(person_id)
    form = ConsentForm(given_at=_today())
    form.check(partial(consents.check_given, person), "purpose", "given_at")
    return submit(
        form,
        creates(),
        write=lambda: consents.give(person, form.values(), by=reader()),
        then=person_page(person),
        otherwise=lambda: form_page(
            form, person, gettext("Record a consent"), ["purpose", ["given_at", "how"], "words"]
        ),
        done=gettext("Recorded."),
    )


@bp.route("/<int:consent_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def withdraw(person_id: int, consent_id: int) -> ResponseReturnValue:
    """Record that a person withdrew a consent."""
    person = editable(person_id)
    consent = consent_queries.get(person_id, consent_id)
    form = WithdrawalForm(withdrawn_at=_today())
    form.check(partial(consents.check_withdrawal, consent), "withdrawn_at")
    return submit(
        form,
        ACTS,
        write=undoable(
            lambda: consents.withdraw(consent, given(form.withdrawn_at), form.withdrawn_how.data, by=reader()),
            person.full_name,
        ),
        then=person_page(person),
        otherwise=lambda: render_template("people/consents/withdraw.html", form=form, person=person, consent=consent),
        done=gettext("Recorded."),
    )


@bp.post("/<int:consent_id>/remove")
@requires(Permission.PERSON_EDIT)
def remove(person_id: int, consent_id: int) -> ResponseReturnValue:
    """Remove a consent that was recorded by mistake."""
    person = editable(person_id)
    consent = consent_queries.get(person_id, consent_id)
    return press(
        lambda: consents.remove(consent), then=person_page(person), done=gettext("Removed."), undo=person.full_name
    )


def _today() -> date:
    return to_typed(clock.now(), reader().timezone).date()
