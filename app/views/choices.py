"""What forms let people choose from, in the reader's language and order."""

import re
from collections.abc import Iterable

from babel import Locale
from flask_babel import get_locale, gettext

from app.config import MEMBER_LOCALES
from app.forms.picking import Choice, PickField
from app.models.congress.delegations import Delegate, Delegation
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.press.articles import Article
from app.models.travel.places import Crossing, Place
from app.models.travel.travel import Leg
from app.queries.congress import delegations
from app.queries.people import organizations, people
from app.queries.press import articles
from app.queries.travel import places, travel
from app.text import plain
from app.wording.labels import country_name


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


def country_codes(text: str) -> tuple[frozenset[str], list[str]]:
    """Return the countries that a text names with commas between, by code or by name, and what is no country."""
    named: dict[str, str] = {}
    for language in MEMBER_LOCALES:
        territories = Locale(language).territories
        named |= {plain(name): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    named |= {"usa": "US", "eeuu": "US", "ee. uu.": "US", "ee.uu.": "US", "uk": "GB"}
    codes = set(named.values())
    typed = [one.strip() for one in text.replace(";", ",").split(",") if one.strip()]
    found = {one: one.upper() if one.upper() in codes else named.get(plain(one)) for one in typed}
    return frozenset(code for code in found.values() if code), [one for one, code in found.items() if not code]


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


def offer_crossings(field: PickField) -> None:
    """Let a field find every crossing by its name or by a town beside it; those that are in use are suggested."""
    listed = [_crossing(one) for one in places.crossings()]
    field.choices = [choice for choice in listed if choice.value.usable]
    field.search = lambda typed: [choice for choice in listed if _mentions(choice, typed)]


def _crossing(one: Crossing) -> Choice:
    return Choice(one.label, one, (one.name, one.near.name, one.far.name))


def _mentions(choice: Choice, typed: str) -> bool:
    return any(plain(typed) in plain(name) for name in (choice.label, *choice.other_names))


def offer_legs(field: PickField, congress_id: int) -> None:
    """Let a field find a leg that is still to be travelled by its ends or its number; the next ones are suggested."""
    field.choices = [_leg(leg) for leg in travel.ahead(congress_id)]
    field.search = lambda typed: [_leg(leg) for leg in travel.ahead(congress_id, typed)]


def _leg(leg: Leg) -> Choice:
    label = f"{leg.origin.name} → {leg.destination.name}, {leg.departs_at:%d/%m/%Y %H:%M} UTC (#{leg.id})"
    return Choice(label, leg, (f"#{leg.id}", str(leg.id)))


def offer_delegates(field: PickField, congress_id: int) -> None:
    """Let a field find a delegate of a congress by name."""
    field.choices = [_delegate(one) for one in delegations.find_delegates(congress_id)]
    field.search = lambda typed: [_delegate(one) for one in delegations.find_delegates(congress_id, typed)]


def _delegate(one: Delegate) -> Choice:
    return Choice(f"{one.person.full_name} (#{one.id})", one, (one.person.full_name,))


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


def offer_articles(field: PickField, cited: Iterable[Article] = ()) -> None:
    """Let a field find every article by words of it, or by its number, without those already `cited`.

    The latest kept are suggested.
    """
    taken = {article.id for article in cited}

    def free(found: Iterable[Article]) -> list[Choice]:
        return [_article(one) for one in found if one.id not in taken]

    field.choices = free(_versions(articles.Wanted()))
    field.search = lambda typed: free(_articles_found(typed))


def _articles_found(typed: str) -> list[Article]:
    numbered = re.search(r"#(\d{1,9})\)?$", typed)
    if numbered:
        return [one for one in [articles.known(int(numbered[1]))] if one]
    return _versions(articles.Wanted(words=typed))


def _versions(wanted: articles.Wanted) -> list[Article]:
    return [article for one in articles.find(wanted)[0] for article in (one.article, *one.others)]


def _article(article: Article) -> Choice:
    return Choice(f"{article.headline} (#{article.id})", article, (article.headline,))


def _sortable(name: str) -> str:
    plain = name.translate(str.maketrans("ÁÉÍÓÚÅÔÎÇáéíóúåôîç", "AEIOUAOICaeiouaoic"))
    return plain.casefold()
