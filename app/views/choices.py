"""What forms let people choose from, in the reader's language and order."""

import re
from collections.abc import Iterable

from flask_babel import gettext

from app import languages
from app.countries import code_of, named
from app.formats import alphabetical, language_name
from app.forms.picking import Choice, PickField
from app.labels import country_name
from app.models.articles import Article
from app.models.delegations import Delegate, Delegation
from app.models.organizations import Organization
from app.models.people import Person
from app.models.places import Crossing, Place
from app.models.travel import Leg
from app.queries import articles, delegations, organizations, people, places, travel
from app.templating import locale_tag
from app.text import searchable, words_of

SUGGESTED = 60
"""So many of a table that grows are suggested or offered at once; the others are found by typing."""


def countries() -> list[tuple[str, str]]:
    """Return the countries by name, and nothing chosen."""
    return [("", gettext("– choose –")), *named(locale_tag()).items()]


def country_codes(text: str) -> tuple[frozenset[str], list[str]]:
    """Return the countries that a text names with commas between, by code or by name, and what is no country."""
    typed = [one.strip() for one in text.replace(";", ",").split(",") if one.strip()]
    found = {one: code_of(one) for one in typed}
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


def crossings() -> list[Crossing]:
    """Return all crossings, by the countries that they join."""
    return alphabetical(
        places.crossings(),
        lambda one: (country_name(one.near.country), country_name(one.far.country), f"{50 - one.rank:02}", one.name),
    )


def offer_crossings(field: PickField) -> None:
    """Let a field find every crossing by its name or by a town beside it; those that are in use are suggested."""
    listed = [_crossing(one) for one in crossings()]
    field.choices = [choice for choice in listed if choice.value.usable]
    field.search = lambda typed: [choice for choice in listed if _mentions(choice, typed)]


def _crossing(one: Crossing) -> Choice:
    return Choice(one.label, one, (one.name, one.near.name, one.far.name))


def _mentions(choice: Choice, typed: str) -> bool:
    said = searchable(choice.label, *choice.other_names)
    return all(word in said for word in words_of(typed))


def offer_legs(field: PickField, congress_id: int) -> None:
    """Let a field find a leg that is still to be travelled by its ends or its number; the next ones are suggested."""
    field.choices = [_leg(leg) for leg in travel.ahead(congress_id)]
    field.search = lambda typed: [_leg(leg) for leg in travel.ahead(congress_id, typed)]


def _leg(leg: Leg) -> Choice:
    label = f"{leg.origin.name} → {leg.destination.name}, {leg.departs_at:%d/%m/%Y %H:%M} UTC (#{leg.id})"
    return Choice(label, leg, (f"#{leg.id}", str(leg.id)))


def offer_delegates(field: PickField, congress_id: int) -> None:
    """Let a field find a delegate of a congress by name."""
    field.choices = [_delegate(one) for one in delegations.find_delegates(congress_id, language=locale_tag())]
    field.search = lambda typed: [
        _delegate(one) for one in delegations.find_delegates(congress_id, typed, language=locale_tag())
    ]


def _delegate(one: Delegate) -> Choice:
    return Choice(f"{one.person.full_name} (#{one.id})", one, (one.person.full_name,))


def offer_organizations(field: PickField) -> None:
    """Let a field find every organization by words of its name or by its acronym; the first ones are suggested."""
    field.choices = _organizations()
    field.search = _organizations


def _organizations(typed: str = "") -> list[Choice]:
    found = organizations.search(_without_country(typed), language=locale_tag(), limit=SUGGESTED)
    return [_organization(one) for one in found]


def _without_country(typed: str) -> str:
    """Return what was typed without the country with which a label ends."""
    name, _, country = typed.rpartition(" (")
    return name if country.endswith(")") and code_of(country[:-1]) else typed


def _organization(organization: Organization) -> Choice:
    names = (organization.name, organization.acronym) if organization.acronym else (organization.name,)
    return Choice(f"{organization.name} ({country_name(organization.country)})", organization, names)


def offer_people(field: PickField, delegation: Delegation) -> None:
    """Let a field find everybody who could join a delegation by name or by number; the first ones are suggested."""

    def found(typed: str = "") -> list[Choice]:
        number = re.search(r"\(#(\d{1,9})\)$", typed)
        name = typed.partition(" (#")[0]
        listed = people.not_in(delegation, name, language=locale_tag(), limit=SUGGESTED)
        return [_person(one) for one in listed if not number or one.id == int(number[1])]

    field.choices = found()
    field.search = found


def _person(person: Person) -> Choice:
    """Return a person to pick, with the number that tells apart those of one name."""
    return Choice(f"{person.full_name} (#{person.id})", person, (person.full_name,))


def offer_languages(field: PickField) -> None:
    """Let a field find every language by its code, or by its name in one of the members' languages or its own."""

    def found(typed: str) -> list[Choice]:
        code = languages.code_of(typed)
        return [Choice(language_name(code), code, (typed,))] if code else []

    field.choices = [Choice(name, code, (code,)) for code, name in languages.named(locale_tag()).items()]
    field.search = found


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
