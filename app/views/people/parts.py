"""What the pages of a person's contact details, memberships and other names share."""

from collections.abc import Iterable
from typing import Any, TypeVar

from flask import abort, render_template, url_for

from app.forms.base import Form
from app.models.people.people import Person
from app.queries.people import people
from app.views.people import subjects

Part = TypeVar("Part", bound=Any)


def editable(person_id: int) -> Person:
    """Return a person whom the user may edit; otherwise answer 404."""
    person = people.get(person_id)
    if not subjects.is_editable(person):
        abort(404)
    return person


def part_of(parts: Iterable[Part], number: int) -> Part:
    """Return the part with an id; otherwise answer 404."""
    found: list[Part] = [one for one in parts if one.id == number]
    if not found:
        abort(404)
    return found[0]


def person_page(person: Person) -> str:
    """Return the address of a person's page."""
    return url_for("people.show", person_id=person.id)


def form_page(form: Form, person: Person, title: str, fields: list[Any]) -> str:
    """Return a page with the form for a part of a person."""
    return render_template(
        "people/part.html",
        form=form,
        whom=person.full_name,
        parent=person_page(person),
        heading=title,
        fields=fields,
    )
