"""Interactions with people and organizations, and their next steps."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.domain.actions import next_steps
from app.domain.people import interactions
from app.forms.people.interactions import NEXT_STEP, InteractionForm, NewInteractionForm
from app.models.people.interactions import Interaction
from app.policy import Permission
from app.queries.accounts import audit
from app.queries.actions import follow_ups
from app.queries.paging import PAGE
from app.queries.people import interactions as interaction_queries
from app.queries.people import organizations, people
from app.times import to_typed
from app.views.people import choices, interaction_forms
from app.web.access import requires
from app.web.another import prefilled
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.submit import creates, edits, press, submit
from app.wording.formats import day
from app.wording.labels import label

bp = Blueprint("interactions", __name__)


@bp.get("/people/<int:person_id>/interactions")
@requires(Permission.INTERACTION_VIEW)
def of_person(person_id: int) -> ResponseReturnValue:
    """Show the interactions with a person."""
    person = people.get(person_id)
    page = interaction_queries.of_person(person_id, page_number(), size=PAGE)
    return render_template(
        "people/interactions/index.html",
        **listed(page.rows),
        page=page,
        whom=person.full_name,
        parent=url_for("people.show", person_id=person_id),
        new=interaction_forms.is_writable(person) and url_for("interactions.new", person=person_id),
    )


@bp.get("/organizations/<int:organization_id>/interactions")
@requires(Permission.INTERACTION_VIEW)
def of_organization(organization_id: int) -> ResponseReturnValue:
    """Show the interactions with an organization that the user may see."""
    organization = organizations.get(organization_id)
    page = interaction_queries.of_organization(organization_id, page_number(), size=PAGE)
    return render_template(
        "people/interactions/index.html",
        **listed(page.rows),
        page=page,
        whom=organization.name,
        parent=url_for("organizations.show", organization_id=organization_id),
        new=interaction_forms.is_writable(None) and url_for("interactions.new", organization=organization_id),
    )


@bp.route("/interactions/new", methods=["GET", "POST"])
@requires(Permission.INTERACTION_EDIT)
@creating
def new() -> ResponseReturnValue:
    """Record an interaction, and assign its next step."""
    now = to_typed(clock.now(), reader().timezone).replace(second=0, microsecond=0)
    form = NewInteractionForm(
        **_whom(),
        **prefilled("about"),
        occurred=now,
        step_assignee_id=reader().id,
    )
    choices.offer_people(form.person)
    with_step = interaction_forms.prepare_new(form)
    return submit(
        form,
        creates(),
        write=lambda: next_steps.record_interaction(
            form.person.picked(),
            interaction_forms.values(form, form.organization.picked()),
            interaction_forms.step(form) if with_step and form.step_title.data else None,
            by=reader(),
        ),
        then=_location,
        otherwise=lambda: _form_page(form, with_step=with_step),
        done=gettext("Recorded."),
    )


@bp.get("/interactions/<int:interaction_id>")
@requires(Permission.INTERACTION_VIEW)
def show(interaction_id: int) -> ResponseReturnValue:
    """Show an interaction and its next steps."""
    interaction = interaction_queries.get(interaction_id)
    return render_template(
        "people/interactions/show.html",
        **listed([interaction]),
        interaction=interaction,
        history=history_of(interaction),
        editable=interaction_forms.is_editable(interaction),
        assignable=interaction_forms.is_assignable(interaction),
    )


@bp.route("/interactions/<int:interaction_id>/edit", methods=["GET", "POST"])
@requires(Permission.INTERACTION_EDIT)
def edit(interaction_id: int) -> ResponseReturnValue:
    """Edit an interaction; the person stays."""
    interaction = _editable(interaction_id)
    occurred = to_typed(interaction.occurred_at, reader().timezone)
    form = InteractionForm(obj=interaction, occurred=occurred, about=interaction_forms.key_of(interaction))
    interaction_forms.prepare_edit(form, interaction)
    return submit(
        form,
        edits(interaction),
        write=lambda: interactions.update(
            interaction, interaction_forms.values(form, form.organization.picked(), interaction)
        ),
        then=_location(interaction),
        otherwise=lambda: _form_page(form, interaction),
        done=gettext("Saved."),
    )


@bp.post("/interactions/<int:interaction_id>/remove")
@requires(Permission.INTERACTION_EDIT)
def remove(interaction_id: int) -> ResponseReturnValue:
    """Remove an interaction."""
    interaction = _editable(interaction_id)
    name = f"{label(interaction.kind)}, {day(interaction.occurred_at, reader().timezone)}"
    return press(
        lambda: interactions.remove(interaction), then=_list_of(interaction), done=gettext("Removed."), undo=name
    )


def listed(rows: Sequence[Interaction]) -> dict[str, Any]:
    """Return what a template needs to list interactions: their next steps, and which authors are not named to the user."""
    return {
        "steps": follow_ups.of_interactions([one.id for one in rows]),
        "strangers": audit.strangers(one.created_by_id for one in rows),
    }


def _whom() -> dict[str, Any]:
    """Return the person and the organization in the address, or else the organization that the person belongs to."""
    whom: dict[str, Any] = {**choices.prefilled_person(), **choices.prefilled_organization()}
    if "person" in whom and "organization" not in whom:
        whom["organization"] = choices.current_organization(whom["person"])
    return whom


def _editable(interaction_id: int) -> Interaction:
    interaction = interaction_queries.get(interaction_id)
    if not interaction_forms.is_editable(interaction):
        abort(404)
    return interaction


def _form_page(form: InteractionForm, interaction: Interaction | None = None, *, with_step: bool = False) -> str:
    begins: list[Any] = [["person", "organization"]] if interaction is None else ["organization"]
    about = ["about"] if "about" in form else []
    return render_template(
        "people/interactions/form.html",
        form=form,
        interaction=interaction,
        fields=[*begins, ["kind", "initiative"], ["occurred", *about], "subject", "body"]
        + ([NEXT_STEP] if with_step else []),
        parents=_parents(interaction),
    )


def _parents(interaction: Interaction | None) -> list[tuple[str, str]]:
    """Return the page above the form: that of the interaction, or of the person or organization in the address."""
    if interaction is not None:
        return [(interaction.subject, _location(interaction))]
    if "organization" in request.args and "person" not in request.args:
        organization = choices.prefilled_organization()["organization"]
        return [(organization.name, url_for("organizations.show", organization_id=organization.id))]
    named = choices.prefilled_person().values()
    return [(person.full_name, url_for("people.show", person_id=person.id)) for person in named]


def _location(interaction: Interaction) -> str:
    return url_for("interactions.show", interaction_id=interaction.id)


def _list_of(interaction: Interaction) -> str:
    if interaction.person_id is not None:
        return url_for("interactions.of_person", person_id=interaction.person_id)
    return url_for("interactions.of_organization", organization_id=interaction.organization_id)
