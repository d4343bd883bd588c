"""Proposed changes of shared records, on both databases."""

from datetime import date

import pytest
from sqlalchemy import select

from app.domain import pending, pending_parts
from app.domain.people import organization_parts
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.pending import PendingChange
from app.models.people.organizations import OrganizationContactType
from app.policy import Held
from app.queries.accounts import pending as queries


@pytest.fixture
def bob(make):
    return make.user("Bob")


def test_only_what_differs_waits_and_the_record_stays_as_it_is(make, bob):
    union = make.organization("Dockers", locality=None)
    change = pending.propose(union, {"name": "Dockers", "locality": "", "sector": "docks"}, by=bob)
    assert (change.before, change.after) == ({"sector": None}, {"sector": "docks"})
    assert union.sector is None
    assert pending.propose(union, {"name": "Dockers", "sector": None}, by=bob) is None
    assert db.session.scalars(select(PendingChange)).all() == []


def test_accepting_and_taking_back_restores_each_kind_of_record(make, bob):
    records = {
        "headline": (make.article(headline="Old"), "New"),
        "acronym": (make.organization("Dockers", acronym="OLD"), "NEW"),
        "banned": (make.crossing(), True),
    }
    for name, (record, proposed) in records.items():
        before = getattr(record, name)
        change = pending.propose(record, {name: proposed}, by=bob)
        for _ in range(2):
            pending.accept(change, by=bob)
            assert getattr(record, name) == proposed
        pending.reopen(change, by=bob)
        pending.reopen(change, by=bob)
        assert getattr(record, name) == before
        assert change.is_waiting


def test_what_was_declined_is_not_accepted_any_more(make, bob):
    article = make.article(headline="Old")
    change = pending.propose(article, {"headline": "New"}, by=bob)
    pending.decline(change, by=bob)
    pending.accept(change, by=bob)
    assert article.headline == "Old"


def test_what_would_be_refused_is_refused_and_leaves_nothing(make, bob):
    make.article(url="https://paper.example.org/1")
    article = make.article(url="https://paper.example.org/2")
    with pytest.raises(DomainError):
        pending.propose(article, {"url": "https://paper.example.org/1"}, by=bob)
    assert article.url == "https://paper.example.org/2"
    assert db.session.scalars(select(PendingChange)).all() == []


def test_a_record_is_used_by_what_cites_it_in_every_scope(make):
    congress, campaign = make.congress(), make.campaign()
    article, union = make.article(), make.organization()
    make.cite(article, campaign)
    make.partner(campaign, union)
    make.delegation(congress, organization=union)
    place = make.leg(make.delegation(congress)).origin
    assert queries.used_by(article) == {(None, campaign.id)}
    assert queries.used_by(union) == {(None, campaign.id), (congress.id, None)}
    assert queries.used_by(place) == {(congress.id, None)}


def test_only_roles_that_edit_such_records_where_it_is_used_change_it_at_once(make):
    campaign, other = make.campaign(), make.campaign(title="Other")
    article = make.article()
    assert queries.may_change(article, [Held(Role.ORGANIZER, campaign_id=other.id)])
    make.cite(article, campaign)
    assert not queries.may_change(article, [Held(Role.ORGANIZER, campaign_id=other.id)])
    assert not queries.may_change(article, [Held(Role.MEMBER, campaign_id=campaign.id)])
    assert queries.may_change(article, [Held(Role.ORGANIZER, campaign_id=campaign.id)])
    assert queries.may_change(article, [Held(Role.ORGANIZER)])


def parts_of(union):
    db.session.expire(union)
    return [(one.type.value, one.value, one.note) for one in union.contact_details], [
        one.name for one in union.other_names
    ]


OFFICE = {
    "type": OrganizationContactType.EMAIL, "value": "new@example.org", "note": None, "valid_from": None, "valid_until": None,
}  # fmt: skip


def test_names_and_contact_details_that_are_added_changed_and_removed_wait_together_and_are_taken_back(make, bob):
    union = make.organization("Dockers")
    email, name = make.organization_contact(union), make.organization_name(union)
    before = parts_of(union)
    pending.propose(union, {pending_parts.name_of(email): OFFICE}, by=bob)
    pending.propose(union, {pending_parts.name_of(name): None}, by=bob)
    added = {**OFFICE, "type": OrganizationContactType.PHONE, "value": "+58 1", "valid_until": date(2027, 1, 1)}
    change = pending.propose(union, {"contact_details/new-1": added}, by=bob)
    assert parts_of(union) == before
    for _ in range(2):
        pending.accept(change, by=bob)
        assert parts_of(union) == ([("email", "new@example.org", None), ("phone", "+58 1", None)], [])
        pending.reopen(change, by=bob)
        assert parts_of(union) == before


def test_a_change_of_the_record_itself_leaves_what_was_proposed_about_its_parts(make, bob):
    union = make.organization("Dockers")
    pending.propose(union, {"contact_details/new-1": OFFICE}, by=bob)
    change = pending.propose(union, {"name": "Dockers", "sector": "docks"}, by=bob)
    assert set(change.after) == {"contact_details/new-1", "sector"}
    assert pending.proposed_values(change) == {"sector": "docks"}
    assert pending.propose(union, {"sector": None, "contact_details/new-1": None}, by=bob) is None


def test_a_part_that_was_removed_in_the_meantime_is_not_brought_back_by_accepting_a_change_of_it(make, bob):
    union = make.organization("Dockers")
    email = make.organization_contact(union)
    change = pending.propose(union, {pending_parts.name_of(email): OFFICE}, by=bob)
    organization_parts.remove(email)
    db.session.flush()
    with pytest.raises(DomainError):
        pending.accept(change, by=bob)
    assert parts_of(union) == ([], [])
