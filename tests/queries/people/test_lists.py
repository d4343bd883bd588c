"""The lists of people and organizations: pages by position, orders, filters, and what is in scope."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models.people.custom_fields import CustomValue, FieldKind, RecordKind
from app.models.people.people import Person
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.queries import keyset
from app.queries.people import columns, organizations, people
from app.queries.people.filters import OrganizationFilter, PersonFilter, values_of
from app.queries.people.sorting import order_of
from tests.factories import utc

ORDERS = ("name", "country", "locality", "created_at", "custom_1")


@pytest.fixture(autouse=True)
def everything(make):
    enter_scope(EVERYTHING)
    yield
    enter_scope(EVERYTHING)


@pytest.fixture
def crowd(make):
    """People with and without everything that they can be sorted by, some of them equal in it."""
    field = make.custom_field(RecordKind.PERSON, FieldKind.NUMBER)
    assert field.key == "custom_1"
    for number in range(24):
        person = make.person(
            "Ana",
            ("Núñez", "Nunez", "Zapata")[number % 3],
            country=("DE", "ZA", None, "ES")[number % 4],
            locality=("Ávila", "bogotá", None)[number // 8],
        )
        person.created_at = utc("2025-01-01 12:00") + timedelta(days=number // 5)
        if number % 2:
            db.session.add(CustomValue(field_id=field.id, person_id=person.id, number=Decimal(number // 6)))
    db.session.commit()


def pages(sorting, monkeypatch, *, counted=keyset.COUNTED, size=7, language="en"):
    """Return the ids on all pages, forward and then back again; with a low `counted`, as in a long list."""
    monkeypatch.setattr("app.queries.people.sorting.COUNTED", counted)
    order = order_of(Person, sorting, language=language, count=24)
    at, found, back = "", [], []
    while at is not None:
        page = keyset.page_at(select(Person), order, at, 24, size=size)
        found.append([one.id for one in page.rows])
        at = page.next
    while page.previous is not None:
        page = keyset.page_at(select(Person), order, page.previous, 24, size=size)
        back.insert(0, [one.id for one in page.rows])
    return found, back


@pytest.mark.parametrize("sorting", [direction + name for name in ORDERS for direction in ("", "-")])
def test_pages_forward_and_back_contain_everyone_once_in_short_and_in_long_lists(crowd, monkeypatch, sorting):
    found, back = pages(sorting, monkeypatch)
    assert [len(page) for page in found] == [7, 7, 7, 3]
    assert len({number for page in found for number in page}) == 24
    assert back == found[:-1]
    assert pages(sorting, monkeypatch, counted=0) == (found, back)
    assert list(people.numbers(PersonFilter(), sorting, language="en")) == [one for page in found for one in page]


@pytest.mark.parametrize(("name", "column"), [("country", "country"), ("locality", "locality")])
def test_those_without_a_value_come_last_in_both_directions(crowd, name, column):
    for sorting in (name, f"-{name}"):
        values = [getattr(one, column) for one in people.find(PersonFilter(), sorting, language="es").rows]
        without = values.count(None)
        assert without
        assert values[-without:] == [None] * without


def test_countries_are_sorted_by_their_names_in_the_readers_language_in_long_lists_too(crowd, monkeypatch):
    monkeypatch.setattr("app.queries.people.sorting.COUNTED", 0)
    for language, named in (("es", ["DE", "ES", "ZA", None]), ("en", ["DE", "ZA", "ES", None])):
        listed = [one.country for one in people.find(PersonFilter(), "country", language=language).rows]
        assert list(dict.fromkeys(listed)) == named
        listed = [one.country for one in people.find(PersonFilter(), "-country", language=language).rows]
        assert list(dict.fromkeys(listed)) == [*named[-2::-1], None]


def test_rows_that_come_and_go_between_pages_neither_repeat_nor_skip_others(make, monkeypatch):
    listed = [make.person("Ana", f"Name {letter}") for letter in "bdfhjlnp"]
    order = order_of(Person, "name", language="en", count=8)
    first = keyset.page_at(select(Person), order, "", 8, size=4)
    make.person("Ana", "Name a")
    db.session.delete(listed[3])  # the last one of the page, from which the next one begins
    db.session.commit()
    second = keyset.page_at(select(Person), order, first.next, 8, size=4)
    assert [one.id for one in second.rows] == [one.id for one in listed[4:]]
    for one in second.rows:
        db.session.delete(one)
    db.session.commit()
    last = keyset.page_at(select(Person), order, first.next, 8, size=4)
    assert [one.family_name for one in last.rows] == ["Name a", "Name b", "Name d", "Name f"]
    assert (last.previous, last.next) == (None, None)


@pytest.mark.parametrize(
    "sent",
    [
        "x", "é", "%", "W10", "A" * 3000, "[" * 3000, "[0]", "[0,0]", '[0,0,"a"]', '[0,0,"a",1,2]', "[0,0,[],1]", '[2,0,"a",1]',
        '[0,"0","a",1]', '[0,0,"a",1e400]', '[0,0,"a",99999999999999999999]', '[0,0,"a\\u0000",1]', '[0,0,"\\ud800",1]',
        '[0,0,"a",true]', "null", "{}", '"[0]"', "[0,0,null,1]", "[NaN,NaN,NaN]",
    ],
)  # fmt: skip
def test_a_position_that_means_nothing_is_the_first_page_in_every_order(crowd, sent):
    for at in (sent, urlsafe_b64encode(sent.encode()).decode().rstrip("=")):
        for sorting in ORDERS:
            page = people.find(PersonFilter(), sorting, at, language="en")
            assert (len(page.rows), page.previous) == (24, None), sorting


@pytest.mark.parametrize("value", ['"0001-01-01T00:00:00+14:00"', '"2025-01-01"', '"2025-01-01T00:00:00"', '"x"', "5"])
def test_a_time_that_means_nothing_is_the_first_page(crowd, value):
    at = urlsafe_b64encode(f"[0,0,{value},1]".encode()).decode()
    assert people.find(PersonFilter(), "created_at", at, language="en").previous is None


def test_a_letter_leads_to_the_names_that_begin_with_it(make):
    for name in ("Mora", "Núñez", "Ñáñez", "Ortiz"):
        make.person("Ana", name)
    found = people.find(PersonFilter(), "name", keyset.position_of("n~"), language="es")
    assert [one.family_name for one in found.rows] == ["Ñáñez", "Ortiz"]
    found = people.find(PersonFilter(), "-name", keyset.position_of("o"), language="es")
    assert [one.family_name for one in found.rows] == ["Ñáñez", "Núñez", "Mora"]


def test_a_long_list_is_counted_up_to_a_limit(crowd, monkeypatch):
    monkeypatch.setattr(keyset, "COUNTED", 10)
    page = people.find(PersonFilter(), language="en")
    assert (page.total, page.is_longer, len(page.rows)) == (10, True, 24)
    assert not people.find(PersonFilter("zapata"), language="en").is_longer


def test_filters_are_combined(make):
    congress, campaign, tag = make.congress(), make.campaign(), make.tag("Translator")
    wanted = make.person("Ana", "Mora", congress=congress, country="BO", preferred_language="es-BO")
    make.tagging(wanted, tag.name)
    make.person("Ana", "Mora", congress=congress, country="PE", preferred_language="es")
    make.person("Ana", "Other", campaign=campaign)
    filters = {
        "typed": "mora", "congress_id": congress.id, "tag_id": tag.id, "country": "BO", "languages": ("es", "es-BO"),
        "among": select(Person.id).where(Person.id == wanted.id),
    }  # fmt: skip
    assert people.find(PersonFilter(**filters), language="en").rows == [wanted]
    for changed in ({"country": "PE"}, {"languages": ("pt",)}, {"typed": "x"}, {"tag_id": tag.id + 1},
                    {"congress_id": congress.id + 1}, {"campaign_id": campaign.id},
                    {"among": select(Person.id).where(Person.id != wanted.id)}):  # fmt: skip
        assert people.find(PersonFilter(**filters | changed), language="en").rows == [], changed


def test_organizations_are_filtered_by_tag_and_country(make):
    tag = make.tag("Ally")
    wanted = make.organization("Dockers", country="PE")
    make.tagging(wanted, tag.name)
    make.organization("Miners", country="BO")
    for chosen in (OrganizationFilter(tag_id=tag.id), OrganizationFilter(country="PE")):
        assert organizations.find(chosen, language="en").rows == [wanted]


def test_lists_and_choices_show_only_what_is_in_scope(make):
    congress, other = make.congress(), make.congress("Another")
    make.person("Ana", "Mora", congress=congress, country="BO")
    make.person("Eva", "Hidden", congress=other, country="PE")
    assert set(values_of(Person.country)) == {"BO", "PE"}
    enter_scope(Scope(congress_ids=frozenset({congress.id})))
    page = people.find(PersonFilter(), language="en")
    assert ([one.given_name for one in page.rows], page.total) == (["Ana"], 1)
    assert list(people.numbers(PersonFilter(), language="en")) == [one.id for one in page.rows]
    assert list(values_of(Person.country)) == ["BO"]
    assert people.find(PersonFilter(country="PE"), language="en").total == 0


def test_columns_count_and_name_only_what_is_in_scope(make):
    congress, other = make.congress(), make.congress("Another")
    organization = make.organization("Dockers")
    seen = make.person("Ana", "Mora", congress=congress)
    hidden = make.person("Eva", "Hidden", congress=other)
    for person in (seen, hidden):
        make.membership(person, organization=organization)
        make.tagging(person)
    make.seat(make.delegation(other, delegates=0), seen)
    make.interaction(hidden, organization=organization, congress=other)
    ids = [seen.id, hidden.id]
    assert columns.members_of([organization.id]) == {organization.id: 2}
    assert columns.congresses_of(ids) == {seen.id: ["Another"]}
    assert set(columns.last_interactions_by("organization_id")([organization.id])) == {organization.id}
    enter_scope(Scope(congress_ids=frozenset({congress.id})))
    assert columns.members_of([organization.id]) == {organization.id: 1}
    assert columns.congresses_of(ids) == {}
    assert columns.last_interactions_by("organization_id")([organization.id]) == {}
    assert set(columns.tags_by("person_id")(ids)) == {seen.id}
