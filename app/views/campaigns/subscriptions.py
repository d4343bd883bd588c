"""What the public sees: subscribing, confirming, choosing, unsubscribing. No account and no cookie; GET changes nothing."""

from collections.abc import Sequence

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import tokens
from app.domain.campaigns import subscriptions
from app.extensions import db
from app.forms.base import Button
from app.forms.campaigns.subscriptions import SubscribeForm, WishesForm
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.scoping import Scope, enter_scope
from app.queries.campaigns import campaigns
from app.queries.campaigns import subscriptions as subscription_queries
from app.views.campaigns.public_campaigns import opened
from app.web import rate_limits
from app.web.cookieless import LinkOver, SignedLink, public_page
from app.web.submit import submit
from app.web.templating import locale_tag
from app.wording.formats import alphabetical

bp = Blueprint("subscriptions", __name__)


def _subscription(token: str) -> Subscription:
    """Return the subscription that a link speaks of; the link opens its campaign and nothing else."""
    named = tokens.read_subscription(current_app.config["SECRET_KEY"], token)
    if named is None:
        raise LinkOver
    campaign_id, subscription_id = named
    enter_scope(Scope(campaign_ids=frozenset({campaign_id})))
    return subscription_queries.get(campaign_id, subscription_id)


LINK = SignedLink(
    "subscription",
    read=_subscription,
    languages=lambda subscription: subscription.reads,
    home="subscriptions.preferences",
    over="campaigns/subscriptions/over.html",
)


@bp.route("/c/<slug>", methods=["GET", "POST"])
@public_page
def subscribe(slug: str) -> ResponseReturnValue:
    """Ask for a campaign's digest; a letter asks the owner of the address to confirm."""
    campaign = opened(campaigns.open_id(slug))
    usual = subscriptions.usual(campaign, [locale_tag()])
    form = SubscribeForm(language=locale_tag(), frequency=usual["frequency"])
    words = gettext(
        "I want to receive the digest “%(title)s” by e-mail. I can stop it at any time.", title=campaign.title
    )
    form.agreed.label.text = words
    if form.validate_on_submit() and rate_limits.too_often(rate_limits.SUBSCRIBE, "subscribe"):
        form.form_errors.append(gettext("Too many attempts. Wait a few minutes and try again."))
        return render_template("campaigns/subscriptions/subscribe.html", form=form, campaign=campaign), 429
    return submit(
        form,
        write=lambda: subscriptions.request(
            campaign, email=str(form.email.data), wishes=form.wishes(usual), agreed_words=words
        ),
        then=url_for("subscriptions.asked", slug=slug),
        otherwise=lambda: render_template("campaigns/subscriptions/subscribe.html", form=form, campaign=campaign),
    )


@bp.get("/c/<slug>/asked")
@public_page
def asked(slug: str) -> ResponseReturnValue:
    """Say that a letter is on its way; the same words for an address that is already subscribed."""
    return render_template("campaigns/subscriptions/asked.html", campaign=opened(campaigns.open_id(slug)))


@bp.route("/confirm/<token>", methods=["GET", "POST"])
@LINK.opens
def confirm(subscription: Subscription) -> ResponseReturnValue:
    """Confirm a subscription: the page asks, the button confirms."""
    return submit(
        Button(),
        write=lambda: subscriptions.confirm(subscription),
        then=url_for("subscriptions.confirm"),
        otherwise=lambda: render_template("campaigns/subscriptions/confirm.html", subscription=subscription),
    )


@bp.route("/preferences/<token>", methods=["GET", "POST"])
@LINK.opens
def preferences(subscription: Subscription) -> ResponseReturnValue:
    """Let a member choose languages, frequency and hour, and see all subscriptions of the same address."""
    form = WishesForm(data=_chosen(subscription))
    return submit(
        form,
        write=lambda: subscriptions.change(subscription, form.wishes()),
        then=url_for("subscriptions.preferences"),
        otherwise=lambda: render_template(
            "campaigns/subscriptions/preferences.html",
            subscription=subscription,
            form=form,
            all=_all(subscription),
        ),
        done=gettext("Saved. From now on it comes that way."),
    )


@bp.get("/unsubscribe/<token>")
@LINK.opens
def unsubscribe(subscription: Subscription) -> ResponseReturnValue:
    """Ask whether to unsubscribe; scanners follow links, so this changes nothing."""
    return _goodbye(subscription)


@bp.post("/unsubscribe/<token>")
@LINK.opens_at_one_click
def unsubscribe_now(subscription: Subscription) -> ResponseReturnValue:
    """Unsubscribe, from the page or by a mail program's one click (RFC 8058): no cookie, no questions."""
    subscriptions.unsubscribe(subscription)
    db.session.commit()
    return _goodbye(subscription)


@bp.post("/unsubscribe/<token>/all")
@LINK.opens
def unsubscribe_all(subscription: Subscription) -> ResponseReturnValue:
    """Unsubscribe the address from every campaign."""
    subscriptions.unsubscribe_all(_all(subscription))
    db.session.commit()
    return _goodbye(subscription)


def _all(subscription: Subscription) -> Sequence[Subscription]:
    """Return every subscription of the same address: who holds its link holds the address."""
    opened = frozenset(subscription_queries.campaigns_of(subscription.email))
    enter_scope(Scope(campaign_ids=opened))
    return alphabetical(subscription_queries.of_address(subscription.email), lambda one: (one.campaign.title,))


def _goodbye(subscription: Subscription) -> ResponseReturnValue:
    others = [one for one in _all(subscription) if one.status == SubscriptionStatus.CONFIRMED and one != subscription]
    return render_template("campaigns/subscriptions/unsubscribe.html", subscription=subscription, others=others)


def _chosen(subscription: Subscription) -> dict[str, object]:
    names = ("language", "second_language", "third_language")
    chosen: dict[str, object] = dict(zip(names, subscription.reads, strict=False))
    rhythm = {name: getattr(subscription, name) for name in ("frequency", "weekday", "hour", "timezone")}
    return chosen | rhythm
