"""How far the sending of a mailing is, who did not get it, and trying again."""

from collections.abc import Mapping, Sequence
from functools import partial

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from app.models.people.mailings import Mailing
from app.policy import Permission
from app.queries.mail.failures import Failure
from app.queries.mail.holds import Run
from app.queries.people import mailings as mailing_queries
from app.queries.people import people
from app.views.mail import sending
from app.views.mail.sending import Recipient, Subject
from app.web.access import may_on, requires

bp = Blueprint("mailing_sending", __name__, url_prefix="/mailings/<int:mailing_id>/sending")


@bp.get("")
@requires(Permission.PERSON_VIEW)
def show(mailing_id: int) -> ResponseReturnValue:
    """Show how far the sending of a mailing is, and who did not get it."""
    return sending.show(_subject(mailing_queries.get(mailing_id)))


@bp.post("/again")
@requires(Permission.DIGEST_APPROVE)
def again(mailing_id: int) -> ResponseReturnValue:
    """Try again what was not taken."""
    return sending.again(_subject(mailing_queries.get(mailing_id)))


def _subject(mailing: Mailing) -> Subject:
    may_decide = may_on(Permission.DIGEST_APPROVE, mailing.congress_id, mailing.campaign_id)
    verbs = ("pause", "stop", "resume") if may_decide else ()
    return Subject(
        run=Run(mailing_id=mailing.id),
        name=mailing.subject,
        url=url_for("mailings.show", mailing_id=mailing.id),
        approved_at=mailing.approved_at,
        again_url=partial(url_for, ".again", mailing_id=mailing.id),
        urls={verb: url_for(f"mailings.{verb}", mailing_id=mailing.id) for verb in verbs} or None,
        recipients=_recipients,
    )


def _recipients(listed: Sequence[Failure]) -> Mapping[int, Recipient]:
    named = {
        one.id: one.full_name for one in people.some([one.person_id for one in listed if one.person_id is not None])
    }
    return {
        one.delivery_id: Recipient(named[one.person_id], url_for("people.show", person_id=one.person_id))
        for one in listed
        if one.person_id in named
    }
