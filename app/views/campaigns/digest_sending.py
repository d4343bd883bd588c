"""How far the sending of a digest is, who did not get it, and trying again."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.models.campaigns.digests import Digest
from app.policy import Permission
from app.queries.campaigns import digests as digest_queries
from app.queries.campaigns import subscriptions
from app.queries.mail.failures import Failure
from app.queries.mail.holds import Run
from app.views.mail import sending
from app.views.mail.sending import Recipient, Subject
from app.web.access import may, requires
from app.web.looks import looked_at
from app.wording.formats import span

bp = Blueprint("digest_sending", __name__, url_prefix="/campaigns/<int:campaign_id>/digests/<int:digest_id>/sending")


@bp.get("")
@requires(Permission.DIGEST_VIEW)
def show(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Show how far the sending of a digest is, and who did not get it."""
    return sending.show(_subject(digest_queries.get(campaign_id, digest_id)))


@bp.post("/again")
@requires(Permission.DIGEST_APPROVE)
def again(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Try again what was not taken."""
    return sending.again(_subject(digest_queries.get(campaign_id, digest_id)))


def _subject(digest: Digest) -> Subject:
    here: dict[str, Any] = {"campaign_id": digest.campaign_id, "digest_id": digest.id}
    verbs = ("pause", "stop", "resume") if may(Permission.DIGEST_APPROVE, None, digest.campaign_id) else ()
    days = span(digest.period_start, digest.period_end, digest.campaign.timezone)
    return Subject(
        run=Run(digest.id),
        name=gettext("Digest, %(window)s", window=days),
        url=url_for("digests.show", **here),
        approved_at=digest.approved_at,
        again_url=partial(url_for, ".again", **here),
        urls={verb: url_for(f"digests.{verb}", **here) for verb in verbs} or None,
        recipients=_recipients if may(Permission.SUBSCRIBER_VIEW, None, digest.campaign_id) else None,
    )


def _recipients(listed: Sequence[Failure]) -> Mapping[int, Recipient]:
    members = subscriptions.numbered([one.subscription_id for one in listed if one.subscription_id is not None])
    hidden = subscriptions.concealed(members)
    looked_at("subscriptions", [one.id for one in members if one.id not in hidden], "email")
    names = {one.id: gettext("A person who was invited") if one.id in hidden else one.email for one in members}
    return {one.delivery_id: Recipient(names[one.subscription_id]) for one in listed if one.subscription_id in names}
