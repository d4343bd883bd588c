"""People."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import languages
from app.domain.people import people
from app.forms.people.people import NewPersonForm, PersonForm
from app.models.accounts.list_views import ListName
from app.models.actions.follow_ups import FollowUp
from app.models.people.custom_fields import RecordKind
from app.models.people.people import ContactType, Person
from app.policy import Permission
from app.queries.actions import follow_ups as follow_up_queries
from app.queries.people import custom_fields as field_queries
from app.queries.people import interactions as interaction_queries
from app.queries.people import merges as merge_queries
from app.queries.people import people as person_queries
from app.queries.people import relations as relation_queries
from app.queries.people import tags as tag_queries
from app.queries.press import mentions as mention_queries
from app.queries.privacy import suppressions as suppression_queries
from app.views.people import choices as people_choices
from app.views.people import columns, consents, filters, interactions, lists, own_fields, selections, subjects
from app.views.people.taggings import tagging_form
from app.views.people.twins import ask_about_people
from app.web import choices
from app.web.access import may, requires
from app.web.another import carried, prefilled
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import position
from app.web.looks import looked_at
from app.web.submit import creates, edits, submit
from app.web.templating import locale_tag

bp = Blueprint("people", __name__, url_prefix="/people")

_THE_SAME = ("subject", "country", "nationality", "preferred_language")
"""Fields whose values are kept when several people are added in a row."""


@bp.get("")
@requires(Permission.PERSON_VIEW)
def index() -> ResponseReturnValue:
    """Show the people that the user works with."""
    form = filters.of_people(Permission.PERSON_VIEW)
    shown = lists.record_list(ListName.PEOPLE, form, columns.of_people())
    page = person_queries.find(filters.person_filter(form), shown.sorting, position(), language=locale_tag())
    return render_template(
        "people/people/index.html", form=form, shown=shown, page=page, verbs=selections.verbs(selections.OF_PEOPLE)
    )


@bp.post("/columns")
@requires(Permission.PERSON_VIEW)
def remember() -> ResponseReturnValue:
    """Remember for the user's account which columns the list has, and its order."""
    return lists.remember(ListName.PEOPLE, columns.of_people())


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
@creating
def new() -> ResponseReturnValue:
    """Create a person."""
    form = own_fields.extended(NewPersonForm, RecordKind.PERSON)(
        **prefilled(*_THE_SAME), **people_choices.prefilled_organization()
    )
    _hand_in(form)
    if not may(Permission.PERSON_PROTECTED):
        form.leave_out("is_at_risk")
    form.subject.offer(subjects.for_new_people())
    ask_about_people(form)
    return submit(
        form,
        creates(_editor),
        write=lambda: own_fields.saved(form, people.create(form.values(), **subjects.ids_in(form.subject.data or ""))),
        then=_location,
        otherwise=lambda: render_template("people/people/form.html", form=form, person=None),
        done=gettext("Recorded."),
        another=lambda _: url_for("people.new", **carried(form, *_THE_SAME, "organization")),
    )


@bp.get("/<int:person_id>")
@requires(Permission.PERSON_VIEW)
def show(person_id: int) -> ResponseReturnValue:
    """Show a person."""
    now = merge_queries.current_id("people", person_id)
    if now is not None and not person_queries.exists(person_id):
        return redirect(_location(person_queries.get(now)))
    person = person_queries.get(person_id)
    looked_at("people", [person_id], "contact_details", "other_names")
    seats = person_queries.seats_of(person_id)
    understood = languages.code_of(person.preferred_language or "") is not None
    latest = interaction_queries.of_person(person_id)
    return render_template(
        "people/people/show.html",
        person=person,
        seats=seats,
        **consents.section(person),
        **interactions.listed(latest.rows),
        interactions=latest,
        follow_ups=follow_up_queries.open_about(FollowUp.person_id, person_id),
        relations=relation_queries.of_person(person_id),
        editable=subjects.is_editable(person),
        is_language=understood,
        merges=merge_queries.of_person(person_id),
        suppressed=suppression_queries.of_person(person),
        taggings=tag_queries.of_record(person),
        mentions=mention_queries.latest(person),
        custom_values=field_queries.of_record(person),
        tagging_form=tagging_form(),
        history=history_of(person),
    )


@bp.route("/<int:person_id>/edit", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def edit(person_id: int) -> ResponseReturnValue:
    """Edit a person; for users who work in a congress or campaign that keeps the person."""
    person = person_queries.get(person_id)
    if not subjects.is_editable(person):
        abort(404)
    looked_at("people", [person_id], "contact_details")
    form = own_fields.extended(PersonForm, RecordKind.PERSON)(
        obj=person, **_details(person), **own_fields.stored(person)
    )
    _hand_in(form)
    form.leave_out(*_hidden(person))
    ask_about_people(form, person)
    return submit(
        form,
        edits(person),
        write=lambda: _update(person, form),
        then=_location(person),
        otherwise=lambda: render_template("people/people/form.html", form=form, person=person),
        done=gettext("Saved."),
    )


def _update(person: Person, form: PersonForm) -> None:
    people.update(person, form.values())
    own_fields.saved(form, person)


def _hidden(person: Person) -> list[str]:
    """Return the fields that the user may not see or decide."""
    hidden = [] if subjects.is_protected_by(person) else ["is_at_risk"]
    return [*hidden, "phone"] if person.hides(ContactType.PHONE) else hidden


def _details(person: Person) -> dict[str, object]:
    current = next((one for one in person.memberships if one.end_date is None), None)
    return {
        "email": person.contact(ContactType.EMAIL),
        "phone": person.contact(ContactType.PHONE),
        "organization": current.organization if current else None,
        "post": current.post if current else None,
    }


def _hand_in(form: PersonForm) -> None:
    people_choices.offer_organizations(form.organization, form.country.data)
    form.country.offer(choices.countries())
    form.nationality.offer(choices.countries())
    choices.offer_languages(form.preferred_language)


def _location(person: Person) -> str:
    return url_for("people.show", person_id=person.id)


def _editor(person: Person) -> str:
    return url_for("people.edit", person_id=person.id)
