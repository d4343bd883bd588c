"""A removed organization is offered no more, and is kept for what names it."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.domain.people import organizations
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.people.organizations import Organization
from app.queries.congress import delegate_lists
from app.queries.people import interactions
from app.queries.people import organizations as organization_queries
from app.queries.people.filters import OrganizationFilter
from tests.factories import utc

NOON = utc("2025-12-05 12:00")
DAY = timedelta(days=1)


@pytest.fixture
def docks(make, at):
    at(NOON)
    return make.organization("Union of Docks", acronym="UD")


def offered():
    return [
        [one.name for one in organization_queries.search("docks", language="en", limit=9)],
        [one.name for one in organization_queries.named("union of docks")],
        [one.name for one in organization_queries.find(OrganizationFilter("docks"), language="en").rows],
        list(delegate_lists.organizations_called(["UD"])),
    ]


def test_a_removed_organization_is_neither_listed_nor_found_nor_offered_until_it_is_restored(docks):
    before = offered()
    assert all(before)
    organizations.remove(docks, by=None)
    assert offered() == [[], [], [], []]
    organizations.bring_back(organization_queries.get_restorable(docks.id))
    assert offered() == before


@pytest.mark.parametrize("days", [0, 31])
def test_what_was_said_with_a_person_stays_after_the_organization_that_it_names_was_removed(docks, make, at, days):
    person = make.person()
    said = make.interaction(person, organization=docks, subject="The strike")
    organizations.remove(docks, by=None)
    at(NOON + days * DAY)
    organizations.sweep()
    db.session.expire_all()
    [shown] = interactions.of_person(person.id).rows
    assert (shown.id, shown.subject, shown.organization.name) == (said.id, "The strike", "Union of Docks")


def test_the_database_keeps_what_was_said_when_an_organization_is_deleted(docks, make):
    make.interaction(make.person(), organization=docks)
    with pytest.raises(IntegrityError):
        db.session.execute(delete(Organization).where(Organization.id == docks.id))
    db.session.rollback()


def test_an_organization_can_be_recorded_again_after_it_was_removed(docks, make):
    organizations.remove(docks, by=None)
    assert make.organization("Union of Docks").id != docks.id


@pytest.mark.parametrize(
    "named_by", ["nothing", "membership", "mandate", "affiliation", "delegation", "interaction", "mention"]
)
def test_after_thirty_days_it_is_deleted_unless_something_names_it(docks, make, at, named_by):
    match named_by:
        case "membership":
            make.membership(make.person(), organization=docks)
        case "mandate":
            make.membership(make.person(), on_behalf_of=docks)
        case "affiliation":
            make.affiliation(make.organization(), docks)
        case "delegation":
            make.delegation(make.congress(), organization=docks)
        case "interaction":
            make.interaction(make.person(), organization=docks)
        case "mention":
            make.mention(make.article(), docks)
    organizations.remove(docks, by=None)
    at(NOON + 29 * DAY)
    organizations.sweep()
    assert organization_queries.removed() == [docks]
    at(NOON + 31 * DAY)
    organizations.sweep()
    left = db.session.scalars(select(Organization.id).where(Organization.id == docks.id)).all()
    assert bool(left) is (named_by != "nothing")
    trail = select(AuditEntry.id).where(AuditEntry.subject == "organizations", AuditEntry.subject_id == docks.id)
    assert bool(db.session.scalars(trail).all()) is bool(left)
    assert organization_queries.removed() == []
