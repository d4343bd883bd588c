"""Addresses that are never written to again."""

from collections.abc import Callable

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.privacy import suppressions
from app.forms.base import Button
from app.forms.privacy.suppressions import SuppressionForm, Wish
from app.models.people.people import Person
from app.models.privacy.suppressions import SuppressionReason
from app.policy import Permission
from app.queries.campaigns import subscriptions as subscription_queries
from app.queries.privacy import suppressions as suppression_queries
from app.views.people.parts import editable, person_page
from app.web.access import requires
from app.web.looks import looked_at
from app.web.submit import ACTS, press, submit

bp = Blueprint("suppressions", __name__)


@bp.route("/house/suppressions", methods=["GET", "POST"])
@requires(Permission.PERSON_ERASE)
def index() -> ResponseReturnValue:
    """Say how many addresses are never written to, and take one more, or let one be written to again."""
    form = SuppressionForm()
    return submit(
        form,
        ACTS,
        write=lambda: _carry_out(form),
        then=url_for("suppressions.index"),
        otherwise=lambda: render_template(
            "privacy/suppressions/index.html", form=form, totals=suppression_queries.totals()
        ),
        done=gettext("Saved."),
    )


@bp.route("/people/<int:person_id>/no-letters", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def of_person(person_id: int) -> ResponseReturnValue:
    """Ask whether to never write to the addresses of a person again, and record it."""
    person, form = editable(person_id), Button()
    return submit(
        form,
        ACTS,
        write=lambda: suppressions.suppress_person(person),
        then=person_page(person),
        otherwise=lambda: _page(person, form),
        done=gettext("This person is never written to again."),
    )


@bp.post("/people/<int:person_id>/write-again")
@requires(Permission.PERSON_EDIT)
def write_again(person_id: int) -> ResponseReturnValue:
    """Write again to the addresses of a person where emails did not arrive."""
    person = editable(person_id)
    return _writing_again(lambda: suppressions.lift_bounced(list(person.email_addresses)), person_page(person))


@bp.post("/campaigns/<int:campaign_id>/subscribers/<int:subscription_id>/write-again")
@requires(Permission.SUBSCRIBER_VIEW)
def write_again_to_subscriber(campaign_id: int, subscription_id: int) -> ResponseReturnValue:
    """Write again to a subscriber at whose address emails did not arrive."""
    subscription = subscription_queries.get(campaign_id, subscription_id)
    back = url_for("campaigns.subscribers", campaign_id=campaign_id)
    return _writing_again(lambda: suppressions.lift_bounced([subscription.email]), back)


def _writing_again(write: Callable[[], None], back: str) -> ResponseReturnValue:
    done = gettext("Emails go there again. If they come back, that is noted again.")
    return press(write, then=back, done=done)


def _carry_out(form: SuppressionForm) -> None:
    address = str(form.email.data)
    if form.wish.data is Wish.NEVER:
        suppressions.suppress([address], SuppressionReason.ASKED)
    else:
        suppressions.lift_known(address)


def _page(person: Person, form: Button) -> str:
    looked_at("people", [person.id], "contact_details")
    return render_template(
        "layouts/asking.html",
        form=form,
        question=gettext("Never write to %(name)s again?", name=person.full_name),
        consequences=[
            *(one.value for one in person.contact_details if one.is_email),
            gettext("No letter goes to these addresses, whoever writes it and from whichever congress or campaign."),
            gettext("Their subscriptions to digests end."),
        ],
        note=gettext(
            "Only the owner of an address can change this, by subscribing and confirming it; or an admin, if it was a mistake."
        ),
        button=gettext("Never write again"),
        keep=gettext("Leave it as it is"),
        trail=[(person.full_name, person_page(person))],
    )
