"""What forms let people choose from, in the reader's language and order."""

from collections.abc import Iterable

from flask_babel import get_locale, gettext

from app.forms.picking import Choice, PickField
from app.labels import country_name
from app.models.articles import Article
from app.models.delegations import Delegation
from app.models.organizations import Organization
from app.models.people import Person
from app.models.places import Place
from app.queries import articles, delegations, organizations, people, places, travel


def countries() -> list[tuple[str, str]]:
    """Return the countries by name, and nothing chosen."""
    locale = get_locale()
    territories = locale.territories if locale else {}
    named = [
        (code, name)
        for code, name in territories.items()
        if len(code) == 2
        and code.isalpha()
        and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "AC", "CP", "DG", "EA", "IC", "TA")
    ]
    named.sort(key=lambda pair: _sortable(pair[1]))
    return [("", gettext("– choose –")), *named]


def offer_places(field: PickField, congress_id: int | None = None) -> None:
    """Let a field find every place that is known; those where legs of the congress lead are suggested."""
    field.choices = [_place(place) for place in travel.used_places(congress_id)] if congress_id else []
    field.search = lambda typed: [_place(place) for place in _found(typed)]


def _found(typed: str) -> list[Place]:
    exact = places.labelled(typed)
    return [exact] if exact else list(places.search(typed))


def _place(place: Place) -> Choice:
    names = (place.code, place.name) if place.code else (place.name,)
    return Choice(place.label, place, names)


def crossings() -> list[tuple[object, str]]:
    """Return the border crossings to choose from, and nothing chosen."""
    named = [(one.id, f"{one.near.country}–{one.far.country}: {one.name}") for one in places.crossings()]
    return [("", gettext("– choose –")), *named]


def legs(congress_id: int) -> list[tuple[object, str]]:
    """Return the legs that are still to be travelled, and nothing chosen."""
    named = [
        (leg.id, f"{leg.departs_at:%d/%m} {leg.origin.name} → {leg.destination.name} · {leg.carrier or ''} #{leg.id}")
        for leg in travel.ahead(congress_id)
    ]
    return [("", gettext("– choose –")), *named]


def delegates(congress_id: int) -> list[tuple[object, str]]:
    """Return the delegates of a congress, and nothing chosen."""
    named = [(one.id, one.person.full_name) for one in delegations.all_delegates(congress_id)]
    return [("", gettext("– choose –")), *sorted(named, key=lambda pair: _sortable(pair[1]))]


def all_organizations() -> list[Choice]:
    """Return the organizations to pick from."""
    return [_organization(organization) for organization in organizations.listing()]


def _organization(organization: Organization) -> Choice:
    names = (organization.name, organization.acronym) if organization.acronym else (organization.name,)
    return Choice(f"{organization.name} ({country_name(organization.country)})", organization, names)


def people_for(delegation: Delegation) -> list[Choice]:
    """Return the people who could join a delegation; those of one name are told apart by their number."""
    found = people.not_in(delegation)
    names = [person.full_name for person in found]
    return [_person(person, alone=names.count(person.full_name) == 1) for person in found]


def _person(person: Person, *, alone: bool) -> Choice:
    return Choice(person.full_name if alone else f"{person.full_name} (#{person.id})", person)


def all_articles(cited: Iterable[Article]) -> list[Choice]:
    """Return the articles to pick from, without those already cited."""
    taken = {article.id for article in cited}
    return [
        Choice(f"{article.headline} (#{article.id})", article, (article.headline,))
        for article in articles.listing()
        if article.id not in taken
    ]


def _sortable(name: str) -> str:
    plain = name.translate(str.maketrans("ÁÉÍÓÚÅÔÎÇáéíóúåôîç", "AEIOUAOICaeiouaoic"))
    return plain.casefold()
