"""The timeline of a person or an organization: one query for each kind, pages without gaps, and nothing out of scope."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from app import clock
from app.extensions import db
from app.models.scoping import Scope, enter_scope
from app.queries.people import timelines
from app.queries.people.timeline_sources import OF_ORGANIZATION, EventKind


def kinds(timeline):
    return [one.kind for one in timeline.events]


@pytest.fixture
def world(make):
    congress = make.congress()
    union = make.organization("Dockers", "PE")
    person = make.person("Rosa", "Luz", congress=congress)
    delegation = make.delegation(congress, delegates=0, organization=union)
    seat = make.seat(delegation, person)
    seat.arrived_at = clock.now()
    make.membership(person, organization=union, start_date=date(2020, 1, 1), end_date=date(2024, 6, 30))
    make.relation(person, make.person("Eva", congress=congress), start_date=date(2021, 1, 1))
    make.consent(person, given_at=date(2021, 2, 1), withdrawn_at=date(2021, 3, 1))
    for record in (person, union):
        make.mention(make.article("The strike", date_published=date(2021, 4, 1)), record)
        make.mention(make.article("A leaflet", date_published=None), record)
    make.affiliation(union, start_date=date(1999, 5, 1))
    user = make.user()
    make.grant(user, congress=congress)
    make.follow_up(congress, user, delegation=delegation)
    make.interaction(person, congress=congress, organization=union)
    return person, union, congress


def test_a_person_has_seats_actions_interactions_memberships_relations_and_consents_in_one_list(world):
    person, union, _congress = world
    found = timelines.of_person(person.id)
    k = EventKind
    assert set(kinds(found)) >= {k.SEAT, k.ARRIVAL, k.ACTION, k.INTERACTION, k.PARTICIPATION, k.ARTICLE_UNDATED}
    assert kinds(found)[-6:] == [
        k.MEMBERSHIP_ENDED, k.ARTICLE, k.CONSENT_WITHDRAWN, k.CONSENT_GIVEN, k.RELATION_BEGUN, k.MEMBERSHIP_BEGUN
    ]  # fmt: skip
    of_union = kinds(timelines.of_organization(union.id))
    assert set(of_union) >= {k.DELEGATION, k.ACTION, k.INTERACTION, k.ARTICLE_UNDATED}
    assert of_union[-4:] == [k.MEMBERSHIP_ENDED, k.ARTICLE, k.MEMBERSHIP_BEGUN, k.AFFILIATION_BEGUN]


def test_pages_follow_each_other_without_gaps_also_at_the_same_moment(make, monkeypatch):
    person, now = make.person(), clock.now()
    for number in range(5):
        make.interaction(person, occurred_at=now - timedelta(days=number // 2))
        make.membership(person, start_date=(now - timedelta(days=number)).date())
    whole = timelines.of_person(person.id).events
    monkeypatch.setattr(timelines, "SIZE", 3)
    paged, after = [], None
    while True:
        page = timelines.of_person(person.id, after and timelines.Position.read(str(after)))
        paged += page.events
        after = page.next
        if after is None:
            break
    assert [one.position for one in paged] == [one.position for one in whole]
    assert len(paged) == 10


def test_a_page_costs_one_query_for_each_kind_and_shows_nothing_out_of_scope(make, world):
    person, union, congress = world
    elsewhere = make.congress("Elsewhere")
    make.interaction(organization=union, congress=elsewhere, subject="Secret")
    make.delegation(elsewhere, organization=union, delegates=0)
    db.session.expunge_all()
    enter_scope(Scope(frozenset({congress.id})))
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    found = timelines.of_organization(union.id)
    event.remove(db.engine, "before_cursor_execute", note)
    assert len([one for one in statements if "ORDER BY" in one]) == len(OF_ORGANIZATION)
    assert len([one for one in statements if one.startswith("SELECT")]) <= len(OF_ORGANIZATION) + 1
    assert kinds(found).count(EventKind.DELEGATION) == kinds(found).count(EventKind.INTERACTION) == 1
    enter_scope(Scope(frozenset({elsewhere.id})))
    db.session.expunge_all()
    assert kinds(timelines.of_person(person.id)) == []
