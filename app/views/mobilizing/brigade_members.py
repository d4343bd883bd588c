"""The members of a brigade."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.mobilizing import brigade_members
from app.domain.people import people
from app.emails.mobilizing.shifts import my_shifts_page
from app.forms.mobilizing.brigades import AddMemberForm, MemberFields, MemberForm, NewMemberForm, filled
from app.models.mobilizing.brigades import Brigade, BrigadeMember
from app.models.people.people import Person
from app.policy import Permission
from app.queries.mobilizing import brigades as brigade_queries
from app.queries.paging import slice_of
from app.views.mobilizing.brigades import location
from app.views.people import choices as people_choices
from app.views.people.parts import part_of
from app.views.people.twins import ask_about_people
from app.web import choices
from app.web.access import requires
from app.web.another import carried, prefilled
from app.web.asking import ask_first
from app.web.form_keys import creating
from app.web.listing import page_number
from app.web.looks import looked_at
from app.web.submit import creates, edits, press, submit
from app.wording.brigades import role_name

bp = Blueprint("brigade_members", __name__, url_prefix="/campaigns/<int:campaign_id>/brigades/<int:brigade_id>/members")
_THE_SAME = ("role", "status")
"""Fields whose values are kept when several members are added in a row."""


@bp.route("/add", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
@creating
def add(campaign_id: int, brigade_id: int) -> ResponseReturnValue:
    """Add a person who is already recorded to a brigade."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    form = AddMemberForm(**prefilled(*_THE_SAME), **people_choices.prefilled_person())
    people_choices.offer_people(form.person)
    _offer_roles(form, brigade)
    return submit(
        form,
        creates(),
        write=lambda: brigade_members.add(brigade, form.person.data, form.member_values(brigade)),
        then=location(brigade),
        otherwise=lambda: _page(form, brigade),
        done=gettext("Recorded."),
        another=lambda _: url_for("brigade_members.add", **_here(brigade), **carried(form, *_THE_SAME)),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
@creating
def new(campaign_id: int, brigade_id: int) -> ResponseReturnValue:
    """Record a person and add them to a brigade."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    form = NewMemberForm(**({"country": brigade.country} | prefilled(*_THE_SAME)))
    people_choices.offer_organizations(form.organization, form.country.data)
    form.country.offer(choices.countries())
    form.nationality.offer(choices.countries())
    choices.offer_languages(form.preferred_language)
    ask_about_people(form, link=lambda person: _place_of(person, brigade))
    _offer_roles(form, brigade)
    return submit(
        form,
        creates(),
        write=lambda: brigade_members.add(
            brigade, people.create(form.values(), campaign_id=campaign_id), form.member_values(brigade)
        ),
        then=location(brigade),
        otherwise=lambda: _page(form, brigade),
        done=gettext("Recorded."),
        another=lambda _: url_for("brigade_members.new", **_here(brigade), **carried(form, *_THE_SAME)),
    )


@bp.route("/<int:member_id>/edit", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
def edit(campaign_id: int, brigade_id: int, member_id: int) -> ResponseReturnValue:
    """Edit a person's part in a brigade."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    member = part_of(brigade.members, member_id)
    form = MemberForm(obj=member, **filled(member))
    _offer_roles(form, brigade)
    return submit(
        form,
        edits(member),
        write=lambda: brigade_members.update(member, form.member_values(brigade)),
        then=location(brigade),
        otherwise=lambda: _page(form, brigade, member),
        done=gettext("Saved."),
    )


@bp.route("/<int:member_id>/remove", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
def remove(campaign_id: int, brigade_id: int, member_id: int) -> ResponseReturnValue:
    """Ask for confirmation and remove a person from a brigade. The person's record is kept."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    member = part_of(brigade.members, member_id)
    name = member.person.full_name
    return ask_first(
        lambda: brigade_members.remove(member),
        name=name,
        question=gettext("Remove %(name)s from the brigade?", name=name),
        consequences=[
            gettext("The person’s record is kept."),
            gettext("If the person only stopped taking part, change the status instead. That keeps the history."),
        ],
        button=gettext("Remove"),
        then=location(brigade),
        trail=[(brigade.name, location(brigade))],
        done=gettext("Removed."),
    )


@bp.get("/links")
@requires(Permission.BRIGADE_EDIT)
def links(campaign_id: int, brigade_id: int) -> ResponseReturnValue:
    """Show the personal links of the members, to be handed out."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    page = slice_of([one for one in brigade_queries.in_order(brigade) if not one.has_left], page_number())
    looked_at("people", [one.person_id for one in page.rows], "contact_details", "personal_link")
    return render_template(
        "mobilizing/brigade_members/links.html",
        brigade=brigade,
        page=page,
        my_shifts_page=my_shifts_page,
    )


@bp.post("/links/send")
@requires(Permission.BRIGADE_EDIT)
def send_links(campaign_id: int, brigade_id: int) -> ResponseReturnValue:
    """Email the personal link to each member who is asked by email."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    done = gettext("The links are being sent to everyone who has an address.")
    return press(lambda: brigade_members.send_links(brigade), then=_links(brigade), done=done)


@bp.route("/<int:member_id>/renew", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
def renew(campaign_id: int, brigade_id: int, member_id: int) -> ResponseReturnValue:
    """Ask for confirmation and replace a personal link, for example after a phone was lost or stolen."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    member = part_of(brigade.members, member_id)
    name = member.person.full_name
    return ask_first(
        lambda: brigade_members.renew_link(member),
        name=name,
        question=gettext("Replace %(name)s’s personal link?", name=name),
        consequences=[
            gettext("The current link stops working, including in emails already sent.", name=name),
            gettext("Send or give the new link to the member."),
        ],
        button=gettext("New link"),
        then=_links(brigade),
        trail=[(brigade.name, location(brigade)), (gettext("Personal links"), _links(brigade))],
        done=gettext("The previous link no longer works. This is the new one."),
    )


def _links(brigade: Brigade) -> str:
    return url_for("brigade_members.links", **_here(brigade))


def _offer_roles(form: MemberFields, brigade: Brigade) -> None:
    form.role.offer([("", role_name(None)), *((role.id, role_name(role)) for role in brigade.roles)])


def _place_of(person: Person, brigade: Brigade) -> str:
    """Return where a recorded person is added, or the person's page if they are in the brigade."""
    if any(one.person_id == person.id for one in brigade.members):
        return url_for("people.show", person_id=person.id)
    return url_for("brigade_members.add", **_here(brigade), person=person.id)


def _here(brigade: Brigade) -> dict[str, Any]:
    return {"campaign_id": brigade.campaign_id, "brigade_id": brigade.id}


def _page(
    form: MemberForm | AddMemberForm | NewMemberForm, brigade: Brigade, member: BrigadeMember | None = None
) -> str:
    return render_template("mobilizing/brigade_members/form.html", form=form, brigade=brigade, member=member)
