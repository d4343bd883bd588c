"""The targets of a campaign: whom it asks for something, and what they have answered."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.countries import named
from app.domain.accounts import removals
from app.domain.accounts.exports import Exported
from app.domain.mobilizing import targets
from app.forms.base import Button
from app.forms.mobilizing.targets import EntryForm, TargetForm, TargetListForm
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.targets import Target, TargetKind, TargetStatus
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.lookup import REMOVED_FOR
from app.queries.mobilizing import letters
from app.queries.mobilizing import targets as target_queries
from app.queries.mobilizing.targets import Wanted
from app.queries.paging import in_batches
from app.times import to_local
from app.views.mobilizing import columns
from app.views.people.choices import offer_organizations
from app.views.press.choices import offer_articles
from app.web import choices
from app.web.access import may, requires
from app.web.current_user import reader
from app.web.downloads import Download, download
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import every, page_number
from app.web.removals import Removed
from app.web.submit import ACTS, creates, edits, press, submit
from app.web.templating import locale_tag

bp = Blueprint("targets", __name__, url_prefix="/campaigns/<int:campaign_id>/targets")


@bp.get("")
@requires(Permission.TARGET_VIEW)
def index(campaign_id: int) -> ResponseReturnValue:
    """Show the targets of a campaign, by country."""
    form = _list_form(campaign_id)
    page = target_queries.find(campaign_id, _wanted(form), page_number(), language=locale_tag())
    return render_template(
        "mobilizing/targets/index.html",
        campaign=campaigns.get(campaign_id),
        form=form,
        page=page,
        statuses=target_queries.statuses(page.rows),
        counts=target_queries.counts(campaign_id),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.TARGET_EDIT)
@creating
def new(campaign_id: int) -> ResponseReturnValue:
    """Record a target."""
    campaign, form = campaigns.get(campaign_id), TargetForm()
    return submit(
        _prepared(form),
        creates(_editor),
        write=lambda: targets.create(campaign, form.values()),
        then=_location,
        otherwise=lambda: _page(form, campaign, None),
        done=gettext("Saved."),
        another=lambda _: url_for("targets.new", campaign_id=campaign_id),
    )


@bp.get("/<int:target_id>")
@requires(Permission.TARGET_VIEW)
def show(campaign_id: int, target_id: int) -> ResponseReturnValue:
    """Show a target, and what it has answered."""
    target = target_queries.get(campaign_id, target_id)
    return render_template(
        "mobilizing/targets/show.html",
        target=target,
        campaign=target.campaign,
        letters=letters.counts(campaign_id).get(target_id, 0),
        status=target_queries.statuses([target])[target.id],
        history=history_of(target),
    )


@bp.route("/<int:target_id>/edit", methods=["GET", "POST"])
@requires(Permission.TARGET_EDIT)
def edit(campaign_id: int, target_id: int) -> ResponseReturnValue:
    """Edit a target."""
    target = target_queries.get(campaign_id, target_id)
    form = TargetForm(obj=target)
    return submit(
        _prepared(form),
        edits(target),
        write=lambda: targets.update(target, form.values()),
        then=_location(target),
        otherwise=lambda: _page(form, target.campaign, target),
        done=gettext("Saved."),
    )


@bp.route("/<int:target_id>/log", methods=["GET", "POST"])
@requires(Permission.TARGET_EDIT)
@creating
def log(campaign_id: int, target_id: int) -> ResponseReturnValue:
    """Record that a target was asked, or what it answered."""
    target = target_queries.get(campaign_id, target_id)
    form = EntryForm(happened_on=to_local(clock.now(), target.campaign.timezone).date())
    offer_articles(form.article)
    return submit(
        form,
        creates(),
        write=lambda: targets.log(target, form.values(), by=reader()),
        then=_location(target),
        otherwise=lambda: render_template("mobilizing/targets/entry.html", form=form, target=target),
        done=gettext("Saved."),
    )


@bp.post("/<int:target_id>/log/<int:entry_id>/remove")
@requires(Permission.TARGET_EDIT)
def remove_entry(campaign_id: int, target_id: int, entry_id: int) -> ResponseReturnValue:
    """Remove an entry that was recorded by mistake."""
    target = target_queries.get(campaign_id, target_id)
    entry = target_queries.get_entry(target, entry_id)
    return press(
        lambda: targets.remove_entry(entry), then=_location(target), done=gettext("Removed."), undo=target.name
    )


@bp.route("/<int:target_id>/remove", methods=["GET", "POST"])
@requires(Permission.TARGET_EDIT)
def remove(campaign_id: int, target_id: int) -> ResponseReturnValue:
    """Ask for confirmation and remove a target with its log."""
    target, form = target_queries.get(campaign_id, target_id), Button()
    return submit(
        form,
        ACTS,
        write=lambda: removals.remove(target, by=reader()),
        then=url_for("targets.index", campaign_id=campaign_id),
        otherwise=lambda: render_template(
            "layouts/removal.html",
            form=form,
            name=target.name,
            consequences=[
                gettext("Its log is removed with it."),
                gettext("If only nobody should write to it any more, edit it instead."),
            ],
            trail=[(target.name, _location(target))],
        ),
        done=gettext(
            "%(name)s was removed. It can be restored for %(days)d days, under “Recently removed”.",
            name=target.name,
            days=REMOVED_FOR.days,
        ),
    )


@bp.post("/<int:target_id>/bring-back")
@requires(Permission.TARGET_EDIT)
def bring_back(campaign_id: int, target_id: int) -> ResponseReturnValue:
    """Restore a removed target with its log."""
    target = target_queries.get_restorable(campaign_id, target_id)
    return press(lambda: removals.bring_back(target), then=_location(target), done=gettext("Restored."))


@bp.route("/download", methods=["GET", "POST"])
@requires(Permission.TARGET_VIEW)
def as_file(campaign_id: int) -> ResponseReturnValue:
    """Download the targets that the search in the list finds."""
    wanted, language = _wanted(_list_form(campaign_id)), locale_tag()
    return download(
        Download(
            Exported.TARGETS,
            gettext("Targets"),
            of=campaigns.get(campaign_id),
            columns=columns.of_targets(lambda ids: target_queries.statuses(target_queries.some(campaign_id, ids))),
            numbers=lambda: target_queries.numbers(campaign_id, wanted, language=language),
            rows=lambda numbers: in_batches(numbers, lambda batch: target_queries.some(campaign_id, batch)),
            parents=[(gettext("Targets"), url_for("targets.index", campaign_id=campaign_id))],
        )
    )


def removed() -> list[Removed]:
    """Return the removed targets that the user may restore."""
    return [
        Removed(
            one.name,
            gettext("target"),
            one,
            url_for("targets.bring_back", campaign_id=one.campaign_id, target_id=one.id),
        )
        for one in target_queries.removed()
        if may(Permission.TARGET_EDIT, None, one.campaign_id)
    ]


def _list_form(campaign_id: int) -> TargetListForm:
    used = set(target_queries.countries(campaign_id))
    codes = [(code, name) for code, name in named(locale_tag()).items() if code in used]
    offers = {"kind": every(TargetKind), "country": [("", gettext("all")), *codes]}
    return TargetListForm(gettext("Name, position or country"), every(TargetStatus), offers)


def _wanted(form: TargetListForm) -> Wanted:
    kind, country = (form.sound(field) or "" for field in (form.kind, form.country))
    return Wanted(form.typed, form.shown, kind, country)


def _prepared(form: TargetForm) -> TargetForm:
    form.country.offer(choices.countries())
    offer_organizations(form.organization, form.country.data)
    return form


def _page(form: TargetForm, campaign: Campaign, target: Target | None) -> str:
    return render_template("mobilizing/targets/form.html", form=form, campaign=campaign, target=target)


def _location(target: Target) -> str:
    return url_for("targets.show", campaign_id=target.campaign_id, target_id=target.id)


def _editor(target: Target) -> str:
    return url_for("targets.edit", campaign_id=target.campaign_id, target_id=target.id)
