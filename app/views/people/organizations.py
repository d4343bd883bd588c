"""Organizations."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app import clock
from app.domain.people import organizations
from app.forms.listing import ListForm
from app.forms.people.organizations import OrganizationForm
from app.models.accounts.list_views import ListName
from app.models.actions.follow_ups import FollowUp
from app.models.people.custom_fields import RecordKind
from app.models.people.organizations import Organization
from app.policy import Permission
from app.queries.actions import follow_ups
from app.queries.lookup import REMOVED_FOR
from app.queries.people import affiliations as affiliation_queries
from app.queries.people import custom_fields as field_queries
from app.queries.people import interactions as interaction_queries
from app.queries.people import merges as merge_queries
from app.queries.people import organizations as organization_queries
from app.queries.people import quiet as quiet_queries
from app.queries.people import tags as tag_queries
from app.queries.people.sorting import COUNTRY
from app.queries.press import mentions as mention_queries
from app.views.people import columns, filters, interactions, lists, own_fields, selections
from app.views.people.taggings import tagging_form
from app.views.people.twins import ask_about_organizations
from app.web import choices, pending
from app.web.access import may, requires
from app.web.another import carried, prefilled
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number, position
from app.web.submit import creates, edits, submit
from app.web.templating import locale_tag

bp = Blueprint("organizations", __name__, url_prefix="/organizations")

_THE_SAME = ("classification", "sector", "country")
"""Fields whose values are kept when several organizations are added in a row."""
_QUIET_FOR = 90
"""The number of days without a sign of life after which an organization is listed as quiet, unless the user chooses another."""


@bp.get("")
@requires(Permission.ORGANIZATION_VIEW)
def index() -> ResponseReturnValue:
    """Show the organizations."""
    form = filters.of_organizations()
    shown = lists.record_list(ListName.ORGANIZATIONS, form, columns.of_organizations(), usual=COUNTRY)
    chosen = filters.organization_filter(form)
    page = organization_queries.find(chosen, shown.sorting, position(), language=locale_tag())
    verbs = selections.verbs(selections.OF_ORGANIZATIONS)
    return render_template("people/organizations/index.html", form=form, shown=shown, page=page, verbs=verbs)


@bp.post("/columns")
@requires(Permission.ORGANIZATION_VIEW)
def remember() -> ResponseReturnValue:
    """Remember for the user's account which columns the list has, and its order."""
    return lists.remember(ListName.ORGANIZATIONS, columns.of_organizations())


@bp.get("/quiet")
@requires(Permission.INTERACTION_VIEW)
def quiet() -> ResponseReturnValue:
    """Show the organizations without an interaction or a delegation for a while."""
    names = {90: ngettext("%(num)d day", "%(num)d days", 90), 182: gettext("half a year"), 365: gettext("a year")}
    form = ListForm(
        gettext("Name, acronym or country"),
        [(days if days != _QUIET_FOR else "", name) for days, name in names.items()],
    )
    days = int(form.shown or _QUIET_FOR)
    page = quiet_queries.find(days, form.typed, page_number(), language=locale_tag())
    return render_template("people/organizations/quiet.html", form=form, page=page, period=names[days])


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_EDIT)
@creating
def new() -> ResponseReturnValue:
    """Create an organization."""
    form = own_fields.extended(OrganizationForm, RecordKind.ORGANIZATION)(**prefilled(*_THE_SAME))
    form.country.offer(choices.countries())
    ask_about_organizations(form)
    return submit(
        form,
        creates(_editor),
        write=lambda: own_fields.saved(form, organizations.create(form.values(), is_another=form.is_again)),
        then=lambda organization: url_for("organizations.show", organization_id=organization.id),
        otherwise=lambda: render_template("people/organizations/form.html", form=form, organization=None),
        done=gettext("Recorded."),
        another=lambda _: url_for("organizations.new", **carried(form, *_THE_SAME)),
    )


@bp.get("/<int:organization_id>")
@requires(Permission.ORGANIZATION_VIEW)
def show(organization_id: int) -> ResponseReturnValue:
    """Show an organization, its affiliations and its delegations."""
    now = merge_queries.current_id("organizations", organization_id)
    if now is not None and not organization_queries.exists(organization_id):
        return redirect(url_for("organizations.show", organization_id=now))
    organization = organization_queries.get(organization_id)
    delegations = organization_queries.delegations_of(organization_id)
    affiliations = affiliation_queries.of_organization(organization_id)
    latest = interaction_queries.of_organization(organization_id)
    return render_template(
        "people/organizations/show.html",
        organization=organization,
        members=organization_queries.members_of(
            organization_id, clock.now().date(), page_number("members"), language=locale_tag()
        ),
        can_be_restored=_can_be_restored(organization),
        above=[one for one in affiliations if one.organization_id == organization_id],
        below=[one for one in affiliations if one.parent_id == organization_id],
        delegations=delegations,
        taggings=tag_queries.of_record(organization),
        mentions=mention_queries.latest(organization),
        custom_values=field_queries.of_record(organization),
        tagging_form=tagging_form(),
        follow_ups=follow_ups.open_about(FollowUp.organization_id, organization_id),
        **interactions.listed(latest.rows),
        interactions=latest,
        merges=merge_queries.of_organization(organization_id),
        pending=pending.of_record(organization) if may(Permission.ORGANIZATION_EDIT) else [],
        history=history_of(organization),
    )


@bp.route("/<int:organization_id>/edit", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_EDIT)
def edit(organization_id: int) -> ResponseReturnValue:
    """Edit an organization."""
    organization = organization_queries.get_kept(organization_id)
    form = _edit_form(organization)
    form.country.offer(choices.countries())
    ask_about_organizations(form, organization)
    return submit(
        form,
        edits(organization),
        write=lambda: pending.saved(organization, form.values(), lambda: _update(organization, form)),
        then=url_for("organizations.show", organization_id=organization_id),
        otherwise=lambda: render_template(
            "people/organizations/form.html", form=form, organization=organization, waits=pending.waits(organization)
        ),
        done=pending.done(organization, gettext("Saved.")),
    )


def _edit_form(organization: Organization) -> OrganizationForm:
    """Return the form of an organization; the house's own fields are edited only by those who use it."""
    if pending.waits(organization):
        return OrganizationForm(obj=organization, **pending.filled(organization))
    form = own_fields.extended(OrganizationForm, RecordKind.ORGANIZATION)
    return form(obj=organization, **own_fields.stored(organization))


def _can_be_restored(organization: Organization) -> bool:
    at = organization.removed_at
    return at is not None and at > clock.now() - REMOVED_FOR and may(Permission.ORGANIZATION_EDIT)


def _update(organization: Organization, form: OrganizationForm) -> None:
    organizations.update(organization, form.values(), is_another=form.is_again)
    own_fields.saved(form, organization)


def _editor(organization: Organization) -> str:
    return url_for("organizations.edit", organization_id=organization.id)
