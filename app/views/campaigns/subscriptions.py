"""Public pages for subscribing, confirming, preferences, and unsubscribing. No account, no cookies; GET changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock, tokens
from app.domain.campaigns import subscriptions
from app.domain.privacy import suppressions
from app.emails.campaigns.confirmations import leaving_token
from app.extensions import db
from app.forms.base import Button
from app.forms.campaigns.subscriptions import PreferencesForm, SubscribeForm
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.subscriptions import Subscription, SubscriptionRequest, SubscriptionStatus
from app.models.privacy.suppressions import SuppressionReason
from app.models.scoping import Scope, enter_scope
from app.queries.campaigns import calls, campaigns, origins
from app.queries.campaigns import subscriptions as subscription_queries
from app.queries.mail import letters
from app.queries.mobilizing import goals
from app.queries.privacy import suppressions as suppression_queries
from app.views.campaigns.public_campaigns import opened
from app.views.mobilizing.offers import offers_of
from app.web import rate_limits
from app.web.cookieless import LinkOver, SignedLink, public_page
from app.web.submit import ACTS, submit
from app.web.templating import locale_tag
from app.wording.formats import alphabetical
from app.wording.member_labels import agreement

bp = Blueprint("subscriptions", __name__)

_LETTERS_SHOWN = 20
"""The latest emails that a member sees."""


def _subscription(token: str) -> Subscription:
    """Return the subscription of a link to change it, which works for an hour, and not after a change of address.

    Older links and those in digests lead to a page that emails a new one.
    """
    secret_key = current_app.config["SECRET_KEY"]
    link = tokens.read_preferences(secret_key, token)
    if link is not None:
        subscription = _opened(link)
        if subscription.link_number == link.number:
            return subscription
        raise LinkOver(subscription.reads)
    past = tokens.read_preferences(secret_key, token, expired=True) or tokens.read_subscription(secret_key, token)
    if past is None:
        raise LinkOver
    subscription = _opened(past)
    leaving = tokens.sign_subscription(secret_key, past.campaign_id, past.subscription_id, past.number)
    raise LinkOver(subscription.reads, again=url_for("subscriptions.wishes", token=leaving))


@dataclass(frozen=True, slots=True)
class Pending:
    """A subscription and the request that an emailed link confirms, as long as the request waits."""

    subscription: Subscription
    asked: SubscriptionRequest | None


def _pending(token: str) -> Pending:
    named = tokens.read_request(current_app.config["SECRET_KEY"], token)
    if named is None:
        raise LinkOver
    link, asked_id = named
    subscription = _opened(link)
    asked = subscription_queries.request_of(subscription, asked_id)
    waits = subscription.status == SubscriptionStatus.UNCONFIRMED
    if waits and (asked is None or subscriptions.is_outdated(subscription, asked)):
        raise LinkOver(subscription.reads)
    return Pending(subscription, asked)


def _way_out(token: str) -> Subscription:
    """Return the subscription that any link ever sent in an email ends, also one from before a change of address."""
    secret_key = current_app.config["SECRET_KEY"]
    link, asked = tokens.read_subscription(secret_key, token), tokens.read_request(secret_key, token)
    if asked:  # a request link was only sent to the address itself, so its owner may end the subscription with it
        link, _asked_id = asked
    if link is None:
        raise LinkOver
    return _opened(link)


REQUEST_LINK = SignedLink(
    "subscription request",
    read=_pending,
    languages=lambda pending: pending.asked.preferences["languages"] if pending.asked else pending.subscription.reads,
    home="subscriptions.confirm",
    over="campaigns/subscriptions/over.html",
)
WAY_OUT = SignedLink(
    "leaving",
    read=_way_out,
    languages=lambda subscription: subscription.reads,
    home="subscriptions.unsubscribe",
    over="campaigns/subscriptions/over.html",
)
LINK = SignedLink(
    "preferences",
    read=_subscription,
    languages=lambda subscription: subscription.reads,
    home="subscriptions.preferences",
    over="campaigns/subscriptions/over.html",
)


@bp.route("/c/<slug>", methods=["GET", "POST"])
@public_page
def subscribe(slug: str) -> ResponseReturnValue:
    """Show what anyone can do in a campaign, and request its digest; an email asks the owner of the address to confirm."""
    campaign = opened(campaigns.public_id(slug) if request.method == "GET" else campaigns.open_id(slug))
    defaults = subscriptions.default_preferences(campaign, [locale_tag()])
    form = SubscribeForm(language=locale_tag(), frequency=defaults["frequency"])
    words = agreement(campaign.title)
    form.agreed.label.text = words
    if form.validate_on_submit() and rate_limits.too_often(rate_limits.SUBSCRIBE, "subscribe"):
        form.form_errors.append(gettext("Too many attempts. Wait a few minutes and try again."))
        return _public_page(campaign, form), 429
    return submit(
        form,
        ACTS,
        write=lambda: subscriptions.request(
            campaign, email=str(form.email.data), preferences=form.preferences(defaults), consent_text=words
        ),
        then=url_for("subscriptions.asked", slug=slug),
        otherwise=lambda: _public_page(campaign, form),
    )


def _public_page(campaign: Campaign, form: SubscribeForm) -> str:
    return render_template(
        "campaigns/subscriptions/subscribe.html",
        form=form,
        campaign=campaign,
        goal=goals.progress_of(campaign),
        offers=offers_of(campaign),
        calls=calls.still_open(campaign.id),
        relatives=origins.public_relatives(campaign),
    )


@bp.get("/c/<slug>/asked")
@public_page
def asked(slug: str) -> ResponseReturnValue:
    """Show that an email was sent; the text is the same for an address that is already subscribed."""
    return render_template("campaigns/subscriptions/asked.html", campaign=opened(campaigns.open_id(slug)))


@bp.route("/confirm/<token>", methods=["GET", "POST"])
@REQUEST_LINK.opens
def confirm(pending: Pending) -> ResponseReturnValue:
    """Confirm a subscription: the page shows what was requested, and the button confirms exactly that."""
    subscription = pending.subscription
    return submit(
        Button(),
        ACTS,
        write=lambda: _confirm(subscription, pending.asked),
        then=url_for("subscriptions.confirm"),
        otherwise=lambda: render_template(
            "campaigns/subscriptions/confirm.html",
            subscription=subscription,
            preferences=subscriptions.preferences_of(pending.asked or subscription),
            consent_text=(pending.asked or subscription).consent_text,
            leaving=leaving_token(subscription),
        ),
    )


@bp.route("/preferences/<token>", methods=["GET", "POST"])
@LINK.opens
def preferences(subscription: Subscription) -> ResponseReturnValue:
    """Let a member edit languages, frequency and time, and see all subscriptions of the same address."""
    form = PreferencesForm(data=_chosen(subscription))
    return submit(
        form,
        ACTS,
        write=lambda: subscriptions.change(subscription, form.preferences()),
        then=url_for("subscriptions.preferences"),
        otherwise=lambda: render_template(
            "campaigns/subscriptions/preferences.html",
            subscription=subscription,
            form=form,
            all=all_of(subscription),
            leaving=leaving_token(subscription),
            letters=letters.of_subscription(subscription.id, most=_LETTERS_SHOWN),
            fate_of=lambda one: letters.fate_of(one, clock.now()),
        ),
        done=gettext("Saved. Your changes take effect with the next digest."),
    )


@bp.route("/wishes/<token>", methods=["GET", "POST"])
@WAY_OUT.opens
def wishes(subscription: Subscription) -> ResponseReturnValue:
    """Email a member a link to change what they receive. The page shows nothing about them, because digests are forwarded."""
    form = Button()
    return submit(
        form,
        ACTS,
        write=lambda: subscriptions.send_link(subscription),
        then=url_for("subscriptions.wishes"),
        otherwise=lambda: render_template(
            "campaigns/subscriptions/wishes.html", title=subscription.campaign.title, form=form
        ),
        done=gettext(
            "If the subscription is active, an email with the link is on its way. The link works for an hour."
        ),
    )


@bp.get("/unsubscribe/<token>")
@WAY_OUT.opens
def unsubscribe(subscription: Subscription) -> ResponseReturnValue:
    """Ask whether to unsubscribe. This changes nothing, because link scanners follow it."""
    return _goodbye(subscription)


@bp.post("/unsubscribe/<token>")
@WAY_OUT.opens_at_one_click
def unsubscribe_now(subscription: Subscription) -> ResponseReturnValue:
    """Unsubscribe, from the page or by an email program's one-click request (RFC 8058), without cookies or questions."""
    subscriptions.unsubscribe(subscription)
    db.session.commit()
    return _goodbye(subscription)


@bp.post("/unsubscribe/<token>/never")
@WAY_OUT.opens
def never_again(subscription: Subscription) -> ResponseReturnValue:
    """Never write to the address again, from any campaign."""
    suppressions.suppress([subscription.email], SuppressionReason.ASKED)
    db.session.commit()
    return _goodbye(subscription)


@bp.post("/preferences/<token>/unsubscribe-all")
@LINK.opens
def unsubscribe_all(subscription: Subscription) -> ResponseReturnValue:
    """Unsubscribe the address from every campaign."""
    subscriptions.unsubscribe_all(all_of(subscription))
    db.session.commit()
    return _goodbye(subscription)


def _confirm(subscription: Subscription, asked: SubscriptionRequest | None) -> None:
    """Confirm a subscription, which also lets the address be written to again: its owner wants it."""
    subscriptions.confirm(subscription, asked)
    if subscription.is_confirmed:
        suppressions.lift(subscription.email)


def _opened(link: tokens.MemberLink) -> Subscription:
    """Return the subscription that a link names; the link gives access to its campaign only."""
    enter_scope(Scope(campaign_ids=frozenset({link.campaign_id})))
    return subscription_queries.get(link.campaign_id, link.subscription_id)


def all_of(subscription: Subscription) -> Sequence[Subscription]:
    """Return every subscription of the same address; whoever has its link owns the address."""
    opened = frozenset(subscription_queries.campaigns_of(subscription.email))
    enter_scope(Scope(campaign_ids=opened))
    return alphabetical(subscription_queries.of_address(subscription.email), lambda one: (one.campaign.title,))


def _goodbye(subscription: Subscription) -> ResponseReturnValue:
    return render_template(
        "campaigns/subscriptions/unsubscribe.html",
        subscription=subscription,
        is_suppressed=suppression_queries.find(subscription.email) is not None,
    )


def _chosen(subscription: Subscription) -> dict[str, object]:
    names = ("language", "second_language", "third_language")
    chosen: dict[str, object] = dict(zip(names, subscription.reads, strict=False))
    rhythm = {name: getattr(subscription, name) for name in ("frequency", "weekday", "hour", "timezone")}
    return chosen | rhythm
