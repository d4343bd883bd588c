"""Digests: composing, previewing, approving, and following their delivery."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app import clock
from app.domain.campaigns import approvals, digests, serving
from app.emails.campaigns import digests as letters
from app.forms.base import Button
from app.forms.campaigns.digests import ComposeForm, DecideForm, compose_form
from app.forms.listing import ListForm
from app.forms.merging import fingerprints
from app.mail_settings import most_each_second
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.digests import OPEN, Digest, DigestStatus
from app.policy import Permission
from app.queries.campaigns import campaigns, figures
from app.queries.campaigns import digests as digest_queries
from app.queries.mail import deliveries, failures, queue, runs
from app.queries.mail.holds import Run
from app.queries.mail.runs import Report
from app.times import to_typed
from app.views.campaigns.digest_preview import preview, variant_in
from app.web.access import may, requires
from app.web.asking import ask_first
from app.web.confirming import MANY_LETTERS, confirm_first
from app.web.current_user import reader
from app.web.history import history_of
from app.web.listing import every, page_number
from app.web.refreshing import refreshing
from app.web.submit import ACTS, edits, press, submit
from app.wording.formats import span
from app.wording.sending import forecast_sentences

_SECONDS = 5
"""After which the page is shown anew while a job carries out a decision."""

bp = Blueprint("digests", __name__, url_prefix="/campaigns/<int:campaign_id>/digests")


@bp.get("")
@requires(Permission.DIGEST_VIEW)
def index(campaign_id: int) -> ResponseReturnValue:
    """Show the digests of a campaign."""
    form = ListForm(shows=every(DigestStatus))
    return render_template(
        "campaigns/digests/index.html",
        campaign=campaigns.get(campaign_id),
        form=form,
        page=digest_queries.find(campaign_id, form.shown, page_number()),
    )


@bp.post("")
@requires(Permission.DIGEST_EDIT)
def compose(campaign_id: int) -> ResponseReturnValue:
    """Compose a digest now, ahead of its schedule."""
    campaign = campaigns.get(campaign_id)
    return press(
        lambda: digests.compose_now(campaign),
        then=lambda digest: _location(digest) if digest else _campaign(campaign),
        otherwise=_campaign(campaign),
    )


@bp.get("/<int:digest_id>")
@requires(Permission.DIGEST_VIEW)
def show(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Show a digest with the email as it will be, or was, sent."""
    digest = digest_queries.get(campaign_id, digest_id)
    report = runs.report(Run(digest.id))
    seconds = _SECONDS if _is_followed(digest) else report.progress(digest.approved_at).seconds_to_refresh
    return refreshing(_page(digest, _composer(digest), report), seconds)


@bp.post("/<int:digest_id>/edit")
@requires(Permission.DIGEST_EDIT)
def edit(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Edit the order, excerpts, introduction and choice of articles."""
    digest = digest_queries.get(campaign_id, digest_id)
    form = _composer(digest)
    return submit(
        form,
        edits(digest),
        write=lambda: digests.edit(digest, form.edits(digest.items, digest.campaign.timezone, _figures(digest))),
        then=_location(digest),
        otherwise=lambda: _page(digest_queries.get(campaign_id, digest_id), form),
        done=gettext("Saved. The current email is shown below."),
    )


@bp.post("/<int:digest_id>/propose")
@requires(Permission.DIGEST_EDIT)
def propose(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Ask a second person to approve a digest."""
    digest = digest_queries.get(campaign_id, digest_id)
    form = DecideForm()
    return _decide(
        digest,
        lambda: approvals.propose(digest, by=reader(), revision=_revision(form)),
        gettext("Proposed. A second person has to approve it."),
        form,
    )


@bp.post("/<int:digest_id>/approve")
@requires(Permission.DIGEST_APPROVE)
def approve(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Approve a digest: the emails are queued exactly as shown."""
    digest = digest_queries.get(campaign_id, digest_id)
    asked = confirm_first(when=lambda: sum(one.members for one in approvals.shares(digest)) > MANY_LETTERS)
    if asked:
        return asked
    form = DecideForm()
    return _decide(
        digest,
        lambda: approvals.approve(digest, letters.render, by=reader(), revision=_revision(form)),
        gettext("Approved. See below when the emails will be sent."),
        form,
    )


@bp.route("/<int:digest_id>/discard", methods=["GET", "POST"])
@requires(Permission.DIGEST_APPROVE)
def discard(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Ask for confirmation and discard a digest."""
    digest = digest_queries.get(campaign_id, digest_id)
    days, articles = span(digest.period_start, digest.period_end, digest.campaign.timezone), len(digest.items)
    in_portions = sum(one.members for one in approvals.shares(digest)) > serving.PORTION
    return ask_first(
        lambda: approvals.discard(digest),
        name=days,
        question=gettext("Discard the digest of %(window)s?", window=days),
        consequences=[
            gettext("Nothing will be sent."),
            ngettext(
                "%(num)d article in it will not be included in a later digest.",
                "%(num)d articles in it will not be included in a later digest.",
                articles,
            ),
            *([gettext("So many members are due that this cannot be undone.")] if in_portions else []),
        ],
        button=gettext("Discard"),
        then=_location(digest),
        trail=[(gettext("Digest, %(window)s", window=days), _location(digest))],
        done=gettext("Discarded. Nothing will be sent."),
    )


@bp.post("/<int:digest_id>/pause")
@requires(Permission.DIGEST_APPROVE)
def pause(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Let the emails that have not been sent wait."""
    digest = digest_queries.get(campaign_id, digest_id)
    done = gettext("Paused. The rest waits until you resume it.")
    return _decide(digest, lambda: approvals.pause(digest), done)


@bp.post("/<int:digest_id>/stop")
@requires(Permission.DIGEST_APPROVE)
def stop(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Stop the emails that have not been sent."""
    digest = digest_queries.get(campaign_id, digest_id)
    done = gettext("Stopped. Emails already sent cannot be recalled.")
    return _decide(digest, lambda: approvals.stop(digest), done)


@bp.post("/<int:digest_id>/resume")
@requires(Permission.DIGEST_APPROVE)
def resume(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Send the emails that were paused or stopped; of many, only somebody who has signed in freshly."""
    digest = digest_queries.get(campaign_id, digest_id)
    asked = confirm_first(when=lambda: runs.report(Run(digest.id)).held_back > MANY_LETTERS)
    if asked:
        return asked
    return _decide(digest, lambda: approvals.resume(digest), gettext("Sending has been resumed."))


@bp.post("/<int:digest_id>/reopen")
@requires(Permission.DIGEST_APPROVE)
def reopen(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Turn a stopped digest back into a draft."""
    digest = digest_queries.get(campaign_id, digest_id)
    return _decide(digest, lambda: approvals.reopen(digest), lambda _done: _reopened(digest))


@bp.post("/<int:digest_id>/test/<locale>")
@requires(Permission.DIGEST_EDIT)
def test(campaign_id: int, digest_id: int, locale: str) -> ResponseReturnValue:
    """Send the email in its current state to the current user."""
    digest = digest_queries.get(campaign_id, digest_id)
    variant = variant_in(digest, locale)
    done = gettext("A test email has been sent to %(email)s.", email=reader().email)
    return _decide(digest, lambda: approvals.send_test(digest, variant, letters.render, reader()), done)


def _reopened(digest: Digest) -> str:
    later = gettext("Its emails are being taken back. Then it is a draft again.")
    done = gettext("It is a draft again. Members who have already received it will not receive it again.")
    return str(later if digest.is_reopening else done)


def _is_followed(digest: Digest) -> bool:
    """Return whether a job is still carrying out that it was discarded or becomes a draft again."""
    return digest.is_reopening or (digest.is_discarded and digest.queued_up_to is not None)


def _decide(
    digest: Digest, decide: Callable[[], object], done: str | Callable[[object], str], form: DecideForm | None = None
) -> ResponseReturnValue:
    """Carry out a decision, or show the digest again with the error."""
    button = form or Button()
    return submit(
        button,
        ACTS,
        write=decide,
        then=_location(digest),
        otherwise=lambda: _page(digest_queries.get(digest.campaign_id, digest.id), button),
        done=done,
    )


def _revision(form: DecideForm) -> int:
    """Return the revision that the user has seen; 0 if none was sent."""
    return int(form.revision.data or 0)


def _composer(digest: Digest) -> ComposeForm:
    """Return the form to edit a digest, filled in with its current content."""
    form = compose_form(digest, to_typed(digest.send_at, digest.campaign.timezone) if digest.send_at else None)
    form.seen = fingerprints(form)
    return form


def _figures(digest: Digest) -> dict[str, Any] | None:
    """Return the current key figures of the campaign's congress, or the stored ones if the user may not see the delegations."""
    congress = digest.campaign.related_congress
    if congress is None or not may(Permission.DELEGATION_VIEW, congress.id, None):
        return digest.figures
    return figures.of_congress(congress)


def _page(digest: Digest, form: ComposeForm | DecideForm | Button, report: Report | None = None) -> str:
    composer = form if isinstance(form, ComposeForm) else _composer(digest)
    report = report or runs.report(Run(digest.id))
    shares = approvals.shares(digest) if digest.status in OPEN else []
    return render_template(
        "campaigns/digests/show.html",
        digest=digest,
        form=form,
        composer=composer,
        draft=digest.status in OPEN,
        preview=preview(digest),
        shares=shares,
        forecast=_forecast(digest, sum(one.members for one in shares if one.articles)),
        report=report,
        urls={verb: _address(digest, verb) for verb in ("pause", "stop", "resume")},
        tolerated=failures.TOLERATED,
        unsubscribed=0 if report.unsent else digest_queries.unsubscribed_since(digest),
        work=report.progress(digest.approved_at),
        figures=_figures(digest),
        mail=deliveries.trouble(),
        history=history_of(digest),
    )


def _forecast(digest: Digest, emails: int) -> list[str]:
    """Return when a draft would have been sent, and what would wait for it."""
    if not emails:
        return []
    begins_at = max(filter(None, (clock.now(), digest.send_at, digest.serves_until)))
    limit = most_each_second(current_app.config["SETTINGS"].mail_url)
    return forecast_sentences(queue.forecast(emails, begins_at, limit=limit), reader().timezone)


def _location(digest: Digest) -> str:
    return _address(digest, "show")


def _address(digest: Digest, verb: str) -> str:
    return url_for(f"digests.{verb}", campaign_id=digest.campaign_id, digest_id=digest.id)


def _campaign(campaign: Campaign) -> str:
    return url_for("campaigns.show", campaign_id=campaign.id, nothing=1)
