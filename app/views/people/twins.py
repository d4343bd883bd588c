"""Asks whether a person or an organization is another one than those already recorded with the same name or address."""

from collections.abc import Callable, Sequence

from flask import url_for
from flask_babel import gettext

from app.domain_errors import DomainError
from app.email_addresses import normalized
from app.forms.base import Twin
from app.forms.people.organizations import OrganizationForm
from app.forms.people.people import PersonForm
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.queries.people import organizations, people
from app.text import N_, searchable, sort_key
from app.wording.labels import country_name


def _page_of(person: Person) -> str:
    return url_for("people.show", person_id=person.id)


def ask_about_people(form: PersonForm, own: Person | None = None, *, link: Callable[[Person], str] = _page_of) -> None:
    """Have a form ask about people who have the same name or email address.

    `own` is the person whom the form edits: then only a new name or address is asked about. `link` returns the address to
    which the page links for each person found.
    """

    def check_name(given: str, family: str | None) -> None:
        words = searchable(f"{given} {family or ''}".strip())
        if own is None or own.words != words:
            ask(
                people.alike([words], []),
                "given_name",
                N_("A person with this name is already recorded. Is this another person?"),
            )

    def check_email(typed: str | None) -> None:
        email = normalized(typed or "")
        if email and (own is None or own.email != email):
            ask(
                people.alike([], [email]),
                "email",
                N_("A person with this email address is already recorded. Is this another person?"),
            )

    def ask(found: Sequence[Person], field: str, question: str) -> None:
        twins = [Twin(str(one.id), _described(one), link(one)) for one in found if one is not own]
        form.ask_about(twins, DomainError(field, question), gettext("It is another person. Record anyway."))

    form.check(check_name, "given_name", "family_name")
    form.check(check_email, "email")


def ask_about_organizations(form: OrganizationForm, own: Organization | None = None) -> None:
    """Have a form ask about organizations that have the same name; `own` is the one that the form edits."""

    def check_name(name: str, country: str) -> None:
        if own is not None and (own.sort_key, own.country) == (sort_key(name), country):
            return
        twins = [
            Twin(
                str(one.id),
                f"{one.name} ({country_name(one.country)})",
                url_for("organizations.show", organization_id=one.id),
            )
            for one in organizations.named(name)
            if one is not own
        ]
        error = DomainError(
            "name", N_("An organization with this name is already recorded. Is this another organization?")
        )
        form.ask_about(twins, error, gettext("It is another organization. Record anyway."))

    form.check(check_name, "name", "country")


def _described(person: Person) -> str:
    """Return what tells people of one name apart: organization, town, country and address."""
    belongs = next((one.organization.name for one in person.memberships if one.end_date is None), None)
    country = country_name(person.country) if person.country else None
    known = ", ".join(filter(None, (belongs, person.locality, country, person.email)))
    return f"{person.full_name} ({known})" if known else person.full_name
