"""Asks whether a person or an organization is another one than those already recorded that look the same."""

from collections.abc import Callable, Sequence

from flask import url_for
from flask_babel import gettext

from app.domain_errors import DomainError
from app.email_addresses import normalized
from app.forms.base import Twin
from app.forms.people.organizations import OrganizationForm
from app.forms.people.people import PersonForm
from app.matching.records import OrganizationRecord, PersonRecord
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.queries.people import duplicates, organizations, people
from app.text import N_, searchable, sort_key
from app.wording.labels import country_name
from app.wording.matching import evidence_for


def _page_of(person: Person) -> str:
    return url_for("people.show", person_id=person.id)


def ask_about_people(form: PersonForm, own: Person | None = None, *, link: Callable[[Person], str] = _page_of) -> None:
    """Have a form ask about people who have the same name or email address, or who may be the same for other reasons.

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

    def check_alike(given: str, family: str | None) -> None:
        known = {twin.key for twin in form.twins}
        found = duplicates.people_like(_typed(form, given, family)) if own is None else []
        twins = [_twin(one.row, link, evidence_for(one.verdict.evidence)) for one in found]
        question = N_("Someone who may be the same person is already recorded. Is it one of these?")
        _ask(form, [twin for twin in twins if twin.key not in known], question)

    def ask(found: Sequence[Person], field: str, question: str) -> None:
        _ask(form, [_twin(one, link) for one in found if one is not own], question, field)

    form.check(check_name, "given_name", "family_name")
    form.check(check_email, "email")
    form.check(check_alike, "given_name", "family_name")


def ask_about_organizations(form: OrganizationForm, own: Organization | None = None) -> None:
    """Have a form ask about organizations that have the same name, or may be the same for other reasons.

    `own` is the one that the form edits: then only a new name is asked about.
    """

    def check_name(name: str, country: str) -> None:
        if own is not None and (own.sort_key, own.country) == (sort_key(name), country):
            return
        found = [_organization(one) for one in organizations.named(name) if one is not own]
        ask(found, N_("An organization with this name is already recorded. Is this another organization?"))

    def check_alike(name: str, country: str) -> None:
        known = {twin.key for twin in form.twins}
        record = OrganizationRecord(name, acronym=form.acronym.data, country=country, website=form.website.data)
        found = duplicates.organizations_like(record) if own is None else []
        twins = [_organization(one.row, evidence_for(one.verdict.evidence)) for one in found]
        question = N_("An organization that may be the same is already recorded. Is it one of these?")
        ask([twin for twin in twins if twin.key not in known], question)

    def ask(twins: Sequence[Twin], question: str) -> None:
        form.ask_about(twins, DomainError("name", question), gettext("It is another organization. Record anyway."))

    form.check(check_name, "name", "country")
    form.check(check_alike, "name", "country")


def known_of(person: Person) -> str:
    """Return what tells people of one name apart: organization, town, country and address; empty if none is known."""
    belongs = next((one.organization.name for one in person.memberships if one.end_date is None), None)
    country = country_name(person.country) if person.country else None
    return ", ".join(filter(None, (belongs, person.locality, country, person.email)))


def _ask(form: PersonForm, twins: Sequence[Twin], question: str, field: str = "given_name") -> None:
    form.ask_about(twins, DomainError(field, question), gettext("It is another person. Record anyway."))


def _twin(person: Person, link: Callable[[Person], str], evidence: str = "") -> Twin:
    known = known_of(person)
    name = f"{person.full_name} ({known})" if known else person.full_name
    return Twin(str(person.id), name, link(person), evidence)


def _organization(organization: Organization, evidence: str = "") -> Twin:
    name = f"{organization.name} ({country_name(organization.country)})"
    address = url_for("organizations.show", organization_id=organization.id)
    return Twin(str(organization.id), name, address, evidence)


def _typed(form: PersonForm, given: str, family: str | None) -> PersonRecord:
    organization = form.organization.data
    return PersonRecord(
        given,
        family,
        emails=(normalized(form.email.data),) if form.email.data else (),
        phones=(form.phone.data,) if form.phone.data else (),
        country=form.country.data or None,
        locality=form.locality.data or None,
        organizations=frozenset({organization.id}) if organization else frozenset(),
    )
