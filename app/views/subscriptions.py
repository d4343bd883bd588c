"""What the public sees: subscribing, confirming, unsubscribing. No account, no cookie; GET changes nothing."""

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from app import tokens
from app.domain import subscriptions
from app.extensions import csrf, db
from app.forms.base import Button
from app.forms.campaigns import SubscribeForm
from app.models.campaigns import Campaign
from app.models.digests import Subscription
from app.models.scoping import Scope, enter_scope
from app.queries import campaigns
from app.views import throttle
from app.views.guard import Access, requires
from app.views.saving import save

bp = Blueprint("subscriptions", __name__)


@bp.route("/c/<slug>", methods=["GET", "POST"])
@requires(Access.PUBLIC)
def subscribe(slug: str) -> ResponseReturnValue:
    """Ask for a campaign's digest; a letter asks the owner of the address to confirm."""
    campaign = _campaign(slug)
    locale = get_locale()
    form = SubscribeForm(language=locale.language if locale else "es")
    words = gettext(
        "I want to receive the digest “%(title)s” by e-mail. I can stop it at any time.", title=campaign.title
    )
    form.agreed.label.text = words
    if form.validate_on_submit():
        if throttle.too_often(throttle.SUBSCRIBE, "subscribe"):
            form.form_errors.append(gettext("Too many attempts. Wait a few minutes and try again."))
            return render_template("subscriptions/subscribe.html", form=form, campaign=campaign), 429
        saved = save(
            form,
            lambda: subscriptions.request(
                campaign,
                email=str(form.email.data),
                language=form.language.data,
                timezone=campaign.timezone,
                agreed_words=words,
            ),
            lambda _: url_for("subscriptions.asked", slug=slug),
        )
        if saved:
            return saved
    return render_template("subscriptions/subscribe.html", form=form, campaign=campaign), form.http_status


@bp.get("/c/<slug>/asked")
@requires(Access.PUBLIC)
def asked(slug: str) -> ResponseReturnValue:
    """Say that a letter is on its way; the same words for an address that is already subscribed."""
    return render_template("subscriptions/asked.html", campaign=_campaign(slug))


@bp.route("/confirm/<token>", methods=["GET", "POST"])
@requires(Access.PUBLIC)
def confirm(token: str) -> ResponseReturnValue:
    """Confirm a subscription: the page asks, the button confirms."""
    subscription = _subscription(token)
    form = Button()
    if form.validate_on_submit():
        subscriptions.confirm(subscription)
        db.session.commit()
        return redirect(url_for("subscriptions.confirm", token=token))
    return render_template("subscriptions/confirm.html", subscription=subscription, form=form, token=token)


@bp.get("/unsubscribe/<token>")
@requires(Access.PUBLIC)
def unsubscribe(token: str) -> ResponseReturnValue:
    """Ask whether to unsubscribe; scanners follow links, so this changes nothing."""
    return render_template("subscriptions/unsubscribe.html", subscription=_subscription(token), token=token)


@bp.post("/unsubscribe/<token>")
@requires(Access.PUBLIC)
@csrf.exempt  # type: ignore[untyped-decorator]
def unsubscribe_now(token: str) -> ResponseReturnValue:
    """Unsubscribe, from the page or by a mail program's one click (RFC 8058): no cookie, no questions."""
    subscription = _subscription(token)
    subscriptions.unsubscribe(subscription)
    db.session.commit()
    return render_template("subscriptions/unsubscribe.html", subscription=subscription, token=token)


def _campaign(slug: str) -> Campaign:
    campaign_id = campaigns.open_id(slug)
    if campaign_id is None:
        abort(404)
    enter_scope(Scope(campaign_ids=frozenset({campaign_id})))
    return campaigns.get(campaign_id)


def _subscription(token: str) -> Subscription:
    """Return the subscription that a link speaks of; the link opens its campaign and nothing else."""
    named = tokens.read_subscription(current_app.config["SECRET_KEY"], token)
    if named is None:
        abort(404)
    campaign_id, subscription_id = named
    enter_scope(Scope(campaign_ids=frozenset({campaign_id})))
    return campaigns.subscription(campaign_id, subscription_id)
