"""Campaigns: their cited articles, members, and digests."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.domain.campaigns import campaigns
from app.domain.campaigns import subscriptions as subscription_rules
from app.domain.campaigns.windows import Rhythm, next_closing, next_letter
from app.domain.press import articles
from app.forms.campaigns.campaigns import CampaignForm
from app.forms.fields import ChooseField
from app.forms.listing import ListForm
from app.forms.press.articles import CiteArticleForm
from app.models.actions.follow_ups import FollowUp
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.subscriptions import SubscriptionStatus
from app.models.congress.congresses import Congress
from app.models.congress.resolutions import Resolution
from app.policy import Permission
from app.queries.actions import follow_ups
from app.queries.campaigns import calls, digests, origins, partners, subscriptions
from app.queries.campaigns import campaigns as campaign_queries
from app.queries.congress import congresses, resolutions
from app.queries.mobilizing import coverage, goals, letters, sign_ups, targets
from app.queries.press import articles as article_queries
from app.queries.privacy import suppressions
from app.views.press import choices as press_choices
from app.web.access import may, requires, seeing
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import every, page_number
from app.web.looks import looked_at
from app.web.submit import ACTS, creates, edits, submit
from app.wording.labels import country_name
from app.wording.template_uses import saved_with

LATEST = 8
"""Articles and digests on the overview; their own pages show all."""

bp = Blueprint("campaigns", __name__, url_prefix="/campaigns")


@bp.get("")
@requires(Permission.CAMPAIGN_LIST)
def index() -> ResponseReturnValue:
    """Show the campaigns that the user works on or follows."""
    form = ListForm(gettext("Title"))
    page = campaign_queries.find(form.typed, page_number())
    return render_template("campaigns/campaigns/index.html", form=form, page=page)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_CREATE)
@creating
def new() -> ResponseReturnValue:
    """Create a campaign."""
    form = _form(CampaignForm(timezone=reader().timezone), None)
    return submit(
        form,
        creates(_editor),
        write=lambda: campaigns.create(form.values()),
        then=lambda campaign: url_for("campaigns.show", campaign_id=campaign.id),
        otherwise=lambda: render_template("campaigns/campaigns/form.html", form=form, campaign=None),
        done=gettext("Campaign started. Next: cite its first article."),
    )


@bp.get("/<int:campaign_id>")
@requires(Permission.CAMPAIGN_VIEW)
def show(campaign_id: int) -> ResponseReturnValue:
    """Show a campaign."""
    campaign = campaign_queries.get(campaign_id)
    every_call = calls.of_campaign(campaign_id) if may(Permission.CAMPAIGN_EDIT, None, campaign_id) else None
    texts = letters.texts(campaign_id, ()) if every_call is not None else []
    next_letter_at = _next_letter_at(campaign)
    return render_template(
        "campaigns/campaigns/show.html",
        campaign=campaign,
        counts=subscriptions.counts(campaign_id),
        citations=article_queries.find_cited(campaign_id, "", 1, size=LATEST),
        digests=digests.find(campaign_id, "", 1, size=LATEST),
        calls=calls.still_open(campaign_id),
        goal=goals.progress_of(campaign),
        targets=targets.counts(campaign_id) if may(Permission.TARGET_VIEW, None, campaign_id) else None,
        letters=letters.tally(campaign_id).total,
        parts=origins.parts_of(campaign_id),
        partners=partners.of_campaign(campaign_id),
        resolutions=_resolutions_seen(campaign_id),
        follow_ups=(
            follow_ups.open_about(FollowUp.campaign_id, campaign_id)
            if may(Permission.FOLLOW_UP_VIEW, None, campaign_id)
            else ()
        ),
        pictures=coverage.waiting_pictures(campaign_id) if may(Permission.MOBILIZATION_EDIT, None, campaign_id) else {},
        waiting=sign_ups.waiting(campaign_id) if may(Permission.SIGN_UP_VIEW, None, campaign_id) else {},
        next_letter_at=next_letter_at,
        composed_at=next_closing(campaign, next_letter_at - timedelta(days=1)) if next_letter_at else None,
        history=None if every_call is None else history_of(campaign, *every_call, *texts),
        about={("calls", one.id): next(iter(one.titles.values())) for one in every_call or ()}
        | {("letter_texts", one.id): one.subject for one in texts},
    )


@bp.route("/<int:campaign_id>/edit", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_EDIT)
def edit(campaign_id: int) -> ResponseReturnValue:
    """Edit a campaign and its schedule."""
    campaign = campaign_queries.get(campaign_id)
    typed = {
        "countries": ", ".join(map(country_name, campaign.countries)),
        "resolution_ids": [one.id for one in origins.resolutions_of(campaign_id)],
    }
    form = _form(CampaignForm(obj=campaign, **typed), campaign)
    return submit(
        form,
        edits(campaign),
        write=lambda: campaigns.update(campaign, form.values()),
        then=url_for("campaigns.show", campaign_id=campaign_id),
        otherwise=lambda: render_template("campaigns/campaigns/form.html", form=form, campaign=campaign),
        done=saved_with,
    )


@bp.get("/<int:campaign_id>/articles")
@requires(Permission.CAMPAIGN_VIEW)
def cited(campaign_id: int) -> ResponseReturnValue:
    """Show the articles cited in a campaign."""
    form = ListForm(gettext("Headline, author or publisher"))
    return render_template(
        "campaigns/campaigns/cited.html",
        campaign=campaign_queries.get(campaign_id),
        form=form,
        page=article_queries.find_cited(campaign_id, form.typed, page_number()),
    )


@bp.route("/<int:campaign_id>/articles/add", methods=["GET", "POST"])
@requires(Permission.CITATION_EDIT)
def cite(campaign_id: int) -> ResponseReturnValue:
    """Cite an article in a campaign."""
    campaign = campaign_queries.get(campaign_id)
    form = CiteArticleForm()
    press_choices.offer_articles(form.article, [one.article for one in article_queries.cited_in(campaign_id)])
    return submit(
        form,
        ACTS,
        write=lambda: articles.cite_in_campaign(form.article.data, campaign, by=reader()),
        then=url_for("campaigns.show", campaign_id=campaign_id),
        otherwise=lambda: render_template("campaigns/campaigns/cite.html", form=form, campaign=campaign),
        done=gettext("Cited. It will be included in the next digest."),
    )


@bp.get("/<int:campaign_id>/subscribers")
@requires(Permission.SUBSCRIBER_VIEW)
def subscribers(campaign_id: int) -> ResponseReturnValue:
    """Show the members of a campaign."""
    form = ListForm(gettext("Email address"), every(SubscriptionStatus))
    page = subscriptions.find(campaign_id, form.typed, form.shown, page_number())
    looked_at("subscriptions", [one.id for one in page.rows], "email")
    return render_template(
        "campaigns/campaigns/subscribers.html",
        campaign=campaign_queries.get(campaign_id),
        counts=subscriptions.counts(campaign_id),
        form=form,
        page=page,
        invited=subscriptions.invited(page.rows),
        concealed=subscriptions.concealed(page.rows),
        unreachable=suppressions.unreachable({one.email for one in page.rows if one.is_confirmed}),
    )


def _resolutions_seen(campaign_id: int) -> Sequence[Resolution]:
    """Return the resolutions that a campaign comes from, of the congresses that the user may see."""
    with seeing(Permission.CONGRESS_VIEW):
        return origins.resolutions_of(campaign_id)


def _next_letter_at(campaign: Campaign) -> datetime | None:
    """Return when the next digest is due: the earliest time of any member, or the default for new members."""
    if campaign.next_digest_at is None:
        return None
    offered = subscription_rules.default_preferences(campaign, [])
    rhythm = Rhythm(offered["frequency"], offered["weekday"], offered["hour"], offered["timezone"])
    return subscriptions.next_letter_at(campaign.id) or next_letter(rhythm, clock.now())


def _form(form: CampaignForm, campaign: Campaign | None) -> CampaignForm:
    """Offer the congresses that the user works on, and the current one, which saving must not drop; check the slug."""
    _offer(
        form.related_congress_id,
        congresses.listing(),
        campaign.related_congress_id if campaign else None,
        gettext("a congress that you do not have access to"),
    )
    _offer(
        form.parent_id,
        [one for one in campaign_queries.listing() if one is not campaign],
        campaign.parent_id if campaign else None,
        gettext("a campaign that you do not have access to"),
    )
    form.resolution_ids.offer((one.id, one.title) for one in resolutions.listing())
    form.check(lambda title, slug: campaigns.check_slug(title, slug, campaign), "title", "slug")
    form.check(lambda parent_id: campaigns.check_parent(campaign, parent_id), "parent_id")
    return form


def _offer(field: ChooseField, listed: Sequence[Congress | Campaign], chosen: int | None, concealed: str) -> None:
    """Offer rows by title, after an empty choice; the chosen one is offered even if the user cannot see it."""
    offered = {"": gettext("– none –")} | {str(one.id): one.title for one in listed}
    if chosen is not None:
        offered.setdefault(str(chosen), concealed)
    field.offer(offered.items())


def _editor(campaign: Campaign) -> str:
    return url_for("campaigns.edit", campaign_id=campaign.id)
