"""Pages and buttons that remove and restore people."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.congress import removed_people
from app.domain_errors import DomainError
from app.forms.base import Button
from app.models.people.people import Person
from app.policy import Permission
from app.queries.congress import removed_people as removed_people_queries
from app.queries.lookup import REMOVED_FOR
from app.queries.people import people as person_queries
from app.views.people.parts import editable, person_page
from app.views.people.people import bp
from app.web.access import may, may_on, requires
from app.web.current_user import reader
from app.web.removals import Removed
from app.web.submit import ACTS, press, submit
from app.wording.dependents import removed_with_person
from app.wording.labels import delegation_name


@bp.route("/<int:person_id>/remove", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def remove(person_id: int) -> ResponseReturnValue:
    """Ask for confirmation, listing what hangs on a person, and remove her."""
    person, form = editable(person_id), Button()
    name = person.full_name
    return submit(
        form,
        ACTS,
        write=lambda: removed_people.remove(person, by=reader(), may_edit=_may_edit),
        then=url_for("people.index"),
        otherwise=lambda: _page(person, form),
        done=gettext(
            "%(name)s was removed. It can be restored for %(days)d days, under “Recently removed”.",
            name=name,
            days=REMOVED_FOR.days,
        ),
    )


@bp.post("/<int:person_id>/bring-back")
@requires(Permission.PERSON_EDIT)
def bring_back(person_id: int) -> ResponseReturnValue:
    """Restore a removed person with everything that was removed with her."""
    person = removed_people_queries.get_restorable(person_id)
    return press(
        lambda: removed_people.bring_back(person, may_edit=_may_edit),
        then=person_page(person),
        otherwise=url_for("removed.index"),
        done=gettext("Restored."),
    )


def removed() -> list[Removed]:
    """Return the removed people whom the user may restore."""
    return [
        Removed(
            one.full_name,
            gettext("person"),
            one,
            url_for("people.bring_back", person_id=one.id),
            url_for("erasures.erase", person_id=one.id) if may(Permission.PERSON_ERASE) else "",
        )
        for one in removed_people_queries.listing()
        if is_removable(one)
    ]


def is_removable(person: Person) -> bool:
    """Return whether the user may remove a person, or restore one who was removed."""
    try:
        removed_people.check_removable(person, _may_edit)
    except DomainError:
        return False
    return True


def _may_edit(congress_id: int | None, campaign_id: int | None) -> bool:
    return may_on(Permission.PERSON_EDIT, congress_id, campaign_id)


def _page(person: Person, form: Button) -> str:
    delegations = [one.delegation for one in person_queries.seats_of(person.id)]
    return render_template(
        "people/people/removal.html",
        form=form,
        name=person.full_name,
        removable=is_removable(person),
        consequences=removed_with_person(removed_people_queries.dependents_of(person)),
        delegations=[
            (
                delegation_name(one),
                url_for("delegations.show", congress_id=one.congress_id, delegation_id=one.id),
            )
            for one in delegations
        ],
        trail=[(person.full_name, person_page(person))],
    )
