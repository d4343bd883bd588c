"""Delegations and their delegates."""

from collections import defaultdict
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.congress import delegations
from app.domain.congress.delegations import DelegationValues
from app.domain.people import people
from app.forms.base import Button
from app.forms.congress.delegations import DelegateForm, DelegationForm, NewDelegateForm
from app.forms.listing import ListForm
from app.models.congress.delegations import Delegate, Delegation
from app.models.people.people import Person
from app.policy import Permission
from app.queries.actions import follow_ups
from app.queries.congress import congresses as congress_queries
from app.queries.congress import delegations as delegation_queries
from app.queries.congress import dependents
from app.queries.congress.delegations import Standing
from app.queries.lookup import REMOVED_FOR
from app.queries.paging import slice_of
from app.queries.travel import chains, help_calls, hits, problems
from app.queries.travel import journeys as journey_queries
from app.queries.travel.impacts import Hit
from app.queries.travel.next_legs import to_turn_around
from app.views.congress import choices as congress_choices
from app.views.people import choices as people_choices
from app.views.people.twins import ask_about_people
from app.views.travel import choices as travel_choices
from app.web import choices
from app.web.access import may, requires
from app.web.another import carried, prefilled
from app.web.asking import ask_first
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import all_of_them, every, page_number
from app.web.removals import Removed
from app.web.submit import ACTS, creates, edits, press, submit
from app.web.templating import locale_tag
from app.wording.dependents import removed_with, removed_with_delegation
from app.wording.labels import delegation_name, way
from app.wording.problems import problem_title

bp = Blueprint("delegations", __name__, url_prefix="/congresses/<int:congress_id>/delegations")

_THE_SAME = ("capacity", "country", "nationality", "preferred_language")
"""Fields whose values are kept when several delegates are added in a row."""


@bp.get("")
@requires(Permission.DELEGATION_VIEW)
def index(congress_id: int) -> ResponseReturnValue:
    """Show the delegations, optionally only those with one standing."""
    congress = congress_queries.get(congress_id)
    board = delegation_queries.board(congress_id, hits.impact(congress_id))
    form = ListForm(gettext("Organization or country"), every(Standing, all_of_them()))
    chosen = [Standing(form.shown)] if form.shown else []
    page = delegation_queries.find(
        congress_id, board, *chosen, typed=form.typed, number=page_number(), language=locale_tag()
    )
    return render_template(
        "congress/delegations/index.html", congress=congress, board=board, form=form, page=page, Standing=Standing
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
@creating
def new(congress_id: int) -> ResponseReturnValue:
    """Create a delegation."""
    congress = congress_queries.get(congress_id)
    form = _form(DelegationForm(**prefilled("status")), congress_id)
    return submit(
        form,
        creates(_editor),
        write=lambda: delegations.create(congress, _values(form, congress_id)),
        then=_location,
        otherwise=lambda: _page(form, congress_id, None),
        done=gettext("Recorded. Next: its delegates and its journey."),
        another=lambda _: url_for("delegations.new", congress_id=congress_id, **carried(form, "status")),
    )


@bp.get("/<int:delegation_id>")
@requires(Permission.DELEGATION_VIEW)
def show(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Show a delegation, its journeys and its open actions."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    impact = hits.impact(congress_id, delegation_id=delegation_id)
    journeys = journey_queries.of_delegation(delegation)
    legs = [leg for journey in journeys for leg in journey.legs]
    return render_template(
        "congress/delegations/show.html",
        congress=congress_queries.get(congress_id),
        delegation=delegation,
        delegates=slice_of(delegation.delegates, page_number()),
        journeys=journeys,
        to_turn_around=to_turn_around(journeys),
        around=any(leg.around_id for leg in legs),
        hits=_by_leg(impact.hits),
        gaps=chains.by_leg(journeys),
        notices=_by_leg((*impact.hits, *impact.knock_on, *impact.warnings)),
        entities=problems.entities({hit.entity_id for hit in (*impact.hits, *impact.knock_on, *impact.warnings)}),
        history=history_of(delegation, *legs),
        about={("legs", leg.id): way(leg) for leg in legs},
        follow_ups=follow_ups.of_delegation(delegation_id),
        help_calls=help_calls.open_of_delegation(delegation_id),
    )


@bp.route("/<int:delegation_id>/edit", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def edit(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Edit a delegation."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    form = _form(DelegationForm(obj=delegation, problem=delegation.problem_id), congress_id)
    return submit(
        form,
        edits(delegation),
        write=lambda: delegations.update(delegation, _values(form, congress_id)),
        then=_location(delegation),
        otherwise=lambda: _page(form, congress_id, delegation),
        done=gettext("Saved."),
    )


@bp.route("/<int:delegation_id>/remove", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def remove(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Ask for confirmation, listing the consequences, and remove a delegation."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    form, name = Button(), delegation_name(delegation)
    return submit(
        form,
        ACTS,
        write=lambda: delegations.remove(delegation, by=reader()),
        then=url_for("delegations.index", congress_id=congress_id),
        otherwise=lambda: render_template(
            "layouts/removal.html",
            form=form,
            name=name,
            consequences=removed_with_delegation(dependents.on(delegation)),
            trail=[(name, _location(delegation))],
        ),
        done=gettext(
            "%(name)s was removed. It can be restored for %(days)d days, under “Recently removed”.",
            name=name,
            days=REMOVED_FOR.days,
        ),
    )


@bp.post("/<int:delegation_id>/bring-back")
@requires(Permission.DELEGATION_EDIT)
def bring_back(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Restore a removed delegation with everything that was removed with it."""
    delegation = delegation_queries.get_restorable(congress_id, delegation_id)
    return press(lambda: delegations.bring_back(delegation), then=_location(delegation), done=gettext("Restored."))


def removed() -> list[Removed]:
    """Return the removed delegations that the user may restore."""
    titles = {congress.id: congress.title for congress in congress_queries.listing()}
    return [
        Removed(
            f"{delegation_name(one)} ({titles.get(one.congress_id, '')})",
            gettext("delegation"),
            one,
            url_for("delegations.bring_back", congress_id=one.congress_id, delegation_id=one.id),
        )
        for one in delegation_queries.removed()
        if may(Permission.DELEGATION_EDIT, one.congress_id)
    ]


@bp.route("/<int:delegation_id>/delegates/new", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
@creating
def new_delegate(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Create a person and add them to the delegation."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    same = {"organization": delegation.organization, "country": delegation.country}
    form = NewDelegateForm(**(same | prefilled(*_THE_SAME) | people_choices.prefilled_organization()))
    people_choices.offer_organizations(form.organization, form.country.data)
    form.country.offer(choices.countries())
    form.nationality.offer(choices.countries())
    choices.offer_languages(form.preferred_language)
    ask_about_people(form, link=lambda person: _seat_of(person, delegation))
    return submit(
        form,
        creates(),
        write=lambda: _record(delegation, form),
        then=_location(delegation),
        otherwise=lambda: _delegate_page(delegation, form),
        done=gettext("Recorded."),
        another=lambda _: url_for(
            "delegations.new_delegate", **_here(delegation), **carried(form, *_THE_SAME, "organization")
        ),
    )


@bp.route("/<int:delegation_id>/delegates/add", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
@creating
def add_delegate(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Add an existing person to the delegation."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    form = DelegateForm(**prefilled("capacity"), **people_choices.prefilled_person())
    congress_choices.offer_people(form.person, delegation)
    return submit(
        form,
        creates(),
        write=lambda: delegations.add_delegate(
            delegation, form.person.data, capacity=form.capacity.data, is_head=form.is_head.data
        ),
        then=_location(delegation),
        otherwise=lambda: _delegate_page(delegation, form),
        done=gettext("Recorded."),
        another=lambda _: url_for("delegations.add_delegate", **_here(delegation), **carried(form, "capacity")),
    )


@bp.route("/<int:delegation_id>/delegates/<int:delegate_id>/remove", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def remove_delegate(congress_id: int, delegation_id: int, delegate_id: int) -> ResponseReturnValue:
    """Ask for confirmation and remove a person from the delegation. The person's record is kept."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    delegate = delegation_queries.get_delegate(congress_id, delegation_id, delegate_id)
    name = delegate.person.full_name
    return ask_first(
        lambda: delegations.remove_delegate(delegate),
        name=name,
        question=gettext("Remove %(name)s from the delegation?", name=name),
        consequences=[gettext("%(name)s stays listed under People.", name=name), *removed_with(delegate)],
        button=gettext("Remove"),
        then=_location(delegation),
        trail=[(delegation_name(delegation), _location(delegation))],
        done=gettext("%(name)s has been removed from the delegation but is still listed under People.", name=name),
    )


def _by_leg(found: tuple[Hit, ...]) -> dict[int, list[Hit]]:
    grouped: dict[int, list[Hit]] = defaultdict(list)
    for hit in found:
        grouped[hit.leg_id].append(hit)
    return grouped


def _record(delegation: Delegation, form: NewDelegateForm) -> Delegate:
    person = people.create(form.values(), congress_id=delegation.congress_id)
    return delegations.add_delegate(delegation, person, capacity=form.capacity.data, is_head=form.is_head.data)


def _seat_of(person: Person, delegation: Delegation) -> str:
    """Return where a recorded person is given a seat, or the person's page if they have one in the delegation."""
    if any(one.person_id == person.id for one in delegation.delegates):
        return url_for("people.show", person_id=person.id)
    return url_for("delegations.add_delegate", **_here(delegation), person=person.id)


def _delegate_page(delegation: Delegation, form: DelegateForm | NewDelegateForm) -> str:
    congress = congress_queries.get(delegation.congress_id)
    return render_template("congress/delegations/delegate.html", form=form, congress=congress, delegation=delegation)


def _values(form: DelegationForm, congress_id: int) -> DelegationValues:
    problem_id = form.problem.data
    return form.values(problems.get(congress_id, problem_id) if problem_id else None)


def _form(form: DelegationForm, congress_id: int) -> DelegationForm:
    named = [(one.id, problem_title(one)) for one in problems.expected(congress_id, or_id=form.problem.data)]
    form.problem.offer([("", gettext("none of them")), *named])
    form.country.offer(choices.countries())
    people_choices.offer_organizations(form.organization, form.country.data)
    travel_choices.offer_places(form.origin, home=form.country.data or None)
    form.check(lambda *_: delegations.check_origin(form.country.data, form.origin.data), "origin")
    return form


def _page(form: DelegationForm, congress_id: int, delegation: Delegation | None) -> str:
    congress = congress_queries.get(congress_id)
    return render_template("congress/delegations/form.html", form=form, congress=congress, delegation=delegation)


def _location(delegation: Delegation) -> str:
    return url_for("delegations.show", **_here(delegation))


def _here(delegation: Delegation) -> dict[str, Any]:
    return {"congress_id": delegation.congress_id, "delegation_id": delegation.id}


def _editor(delegation: Delegation) -> str:
    return url_for("delegations.edit", **_here(delegation))
