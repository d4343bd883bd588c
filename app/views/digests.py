"""Digests: shown as they will be sent, approved, followed until the last letter has left."""

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from app import clock
from app.config import LOCALES
from app.domain import digests
from app.emails import digests as letters
from app.emails.digests import letter_locale
from app.forms.base import Button
from app.forms.digests import DigestForm
from app.models.campaigns import Campaign
from app.models.digests import Digest, DigestStatus, SubscriptionStatus
from app.policy import Permission
from app.queries import campaigns, deliveries
from app.queries import digests as digest_queries
from app.views.guard import requires
from app.views.reader import reader
from app.views.saving import save

bp = Blueprint("digests", __name__, url_prefix="/campaigns/<int:campaign_id>/digests")


@bp.post("")
@requires(Permission.DIGEST_EDIT)
def compose(campaign_id: int) -> ResponseReturnValue:
    """Compose a digest now, ahead of its schedule."""
    campaign = campaigns.get(campaign_id)
    saved = save(
        Button(),
        lambda: digests.compose(campaign, clock.now()),
        lambda digest: _location(digest) if digest else _campaign(campaign),
    )
    return saved or redirect(_campaign(campaign))


@bp.get("/<int:digest_id>")
@requires(Permission.DIGEST_VIEW)
def show(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Show a digest with its letter as it will be, or was, sent."""
    digest = digest_queries.get(campaign_id, digest_id)
    return _page(digest, DigestForm(obj=digest))


@bp.post("/<int:digest_id>/edit")
@requires(Permission.DIGEST_EDIT)
def edit(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Change opening words, excerpts and which articles are kept."""
    digest = digest_queries.get(campaign_id, digest_id)
    form = DigestForm(obj=digest)
    if form.validate_on_submit():
        excerpts = {
            item.id: request.form.get(f"excerpt-{item.id}", item.excerpt).strip()[:1000] for item in digest.items
        }
        kept = {item.id for item in digest.items if f"keep-{item.id}" in request.form}
        saved = save(
            form,
            lambda: digests.edit(digest, opening=form.values()["opening"], excerpts=excerpts, kept=kept),
            lambda _: _location(digest),
            gettext("Saved. Below is the letter as it stands now."),
        )
        if saved:
            return saved
    return _page(digest_queries.get(campaign_id, digest_id), form)


@bp.post("/<int:digest_id>/approve")
@requires(Permission.DIGEST_APPROVE)
def approve(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Approve a digest: the letters are promised, exactly as they were shown."""
    digest = digest_queries.get(campaign_id, digest_id)
    form = Button()
    parts = {locale: letters.render(digest, locale) for locale in LOCALES}
    saved = save(
        form,
        lambda: digests.approve(digest, parts, by=reader()),
        lambda _: _location(digest),
        gettext("Approved. The letters are leaving."),
    )
    return saved or _page(digest_queries.get(campaign_id, digest_id), form)


@bp.post("/<int:digest_id>/discard")
@requires(Permission.DIGEST_APPROVE)
def discard(campaign_id: int, digest_id: int) -> ResponseReturnValue:
    """Do not send a digest."""
    digest = digest_queries.get(campaign_id, digest_id)
    form = Button()
    saved = save(
        form, lambda: digests.discard(digest), lambda _: _location(digest), gettext("Discarded. Nothing is sent.")
    )
    return saved or _page(digest_queries.get(campaign_id, digest_id), form)


@bp.get("/<int:digest_id>/letter/<locale>")
@requires(Permission.DIGEST_VIEW)
def letter(campaign_id: int, digest_id: int, locale: str) -> ResponseReturnValue:
    """Give the letter alone, for the frame in which it is shown."""
    digest = digest_queries.get(campaign_id, digest_id)
    if locale not in LOCALES:
        raise NotFound
    response = make_response(_part(digest, locale).html)
    response.headers["Content-Security-Policy"] = current_app.config["LETTER_POLICY"]
    return response


def _part(digest: Digest, locale: str) -> digests.RenderedPart:
    """Return the letter in one language: as approved, or as it stands."""
    if digest.status in (DigestStatus.APPROVED, DigestStatus.SENT):
        stored = digest_queries.part(digest.id, locale)
        return digests.RenderedPart(stored.subject, stored.text, stored.html)
    return letters.render(digest, locale)


def _page(digest: Digest, form: DigestForm | Button) -> ResponseReturnValue:
    locale = request.args.get("locale", LOCALES[0])
    if locale not in LOCALES:
        raise NotFound
    readers = sorted({letter_locale(language) for language in digest_queries.languages(digest.campaign_id)})
    return render_template(
        "digests/show.html",
        digest=digest,
        form=form,
        part=_part(digest, locale),
        locale=locale,
        readers=readers,
        confirmed=campaigns.subscriber_counts(digest.campaign_id)[SubscriptionStatus.CONFIRMED],
        counts=deliveries.digest_counts(digest.id),
        mail=deliveries.state(),
    ), form.http_status


def _location(digest: Digest) -> str:
    return url_for("digests.show", campaign_id=digest.campaign_id, digest_id=digest.id)


def _campaign(campaign: Campaign) -> str:
    return url_for("campaigns.show", campaign_id=campaign.id, nothing=1)
