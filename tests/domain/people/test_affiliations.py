"""Organizations that belong to others: a directed graph without circles, which changes over time."""

from datetime import date

import pytest

from app.domain.people import affiliations
from app.domain_errors import DomainError
from app.models.people.affiliations import AffiliationKind
from app.queries.people import affiliations as affiliation_queries
from tests.databases import ONE_DATABASE

pytestmark = ONE_DATABASE
TODAY = date(2026, 1, 1)


def values(parent, **changes):
    return {"parent": parent, "kind": AffiliationKind.MEMBER, "start_date": None, "end_date": None} | changes


def rows(organization, today=TODAY):
    shown = affiliation_queries.structure(organization, today)
    return [("  " * row.depth) + row.organization.name for row in shown.rows]


def test_a_circle_is_refused_however_long(make):
    union, federation, world = (make.organization(name) for name in ("Union", "Federation", "World"))
    make.affiliation(union, federation)
    make.affiliation(federation, world)
    for organization, parent, words in (
        (union, union, "An organization cannot belong to itself."),
        (federation, union, "It cannot be the other way around."),
        (world, union, "It cannot be the other way around."),
    ):
        with pytest.raises(DomainError) as refused:
            affiliations.add(organization, values(parent))
        assert refused.value.field == "parent"
        assert words in refused.value.message


def test_an_edited_affiliation_closes_no_circle(make):
    union, federation, other = (make.organization(name) for name in ("Union", "Federation", "Other"))
    make.affiliation(union, federation)
    moved = make.affiliation(federation, other)
    with pytest.raises(DomainError):
        affiliations.update(moved, values(union))
    assert moved.parent is other


def test_the_same_affiliation_is_recorded_once_for_the_same_dates(make):
    union, federation = make.organization(), make.organization()
    make.affiliation(union, federation, start_date=date(2000, 1, 1), end_date=date(2010, 1, 1))
    make.affiliation(union, federation, start_date=date(2020, 1, 1))
    with pytest.raises(DomainError, match="already recorded for these dates"):
        affiliations.add(union, values(federation, start_date=date(2009, 1, 1), end_date=date(2012, 1, 1)))


def test_the_structure_shows_all_that_an_organization_belongs_to_and_all_that_belongs_to_it(make):
    union, federation, world, coalition, local, other = (
        make.organization(name) for name in ("Union", "Federation", "World", "Coalition", "Local 12", "Other union")
    )
    for organization, parent in (
        (union, federation), (federation, world), (union, coalition), (local, union), (other, federation),
    ):  # fmt: skip
        make.affiliation(organization, parent)
    assert rows(union) == [
        "Coalition", "  Union", "    Local 12", "World", "  Federation", "    Union", "      Local 12",
    ]  # fmt: skip
    assert rows(world) == ["World", "  Federation", "    Other union", "    Union", "      Local 12"]
    assert rows(local)[:3] == ["Coalition", "  Union", "    Local 12"]


def test_what_has_ended_is_not_in_the_structure(make):
    union, federation = make.organization("Union"), make.organization("Federation")
    make.affiliation(union, federation, end_date=date(2025, 12, 31))
    assert rows(union) == ["Union"]
    assert rows(union, date(2025, 12, 31)) == ["Federation", "  Union"]


def test_a_large_structure_is_cut_and_the_rest_counted(make, monkeypatch):
    monkeypatch.setattr(affiliation_queries, "MOST_ROWS", 4)
    union = make.organization("Union")
    for number in range(6):
        make.affiliation(make.organization(f"Local {number}"), union)
    shown = affiliation_queries.structure(union, TODAY)
    assert (len(shown.rows), shown.omitted) == (4, 3)
