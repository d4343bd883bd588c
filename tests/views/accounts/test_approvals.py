"""Two persons where the house says so: roles on the whole house, and downloads with many people."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.accounts import approvals
from app.domain.accounts import house as house_domain
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Grant, Role
from app.models.accounts.approvals import ApprovalRequest
from app.models.accounts.house import Rule
from app.models.mail.deliveries import MailboxLetter
from app.queries.accounts import approvals as approval_queries
from app.queries.accounts import house as house_queries
from tests.databases import BOTH_DATABASES

pytestmark = BOTH_DATABASES
GRANT = {"role": "coordinator", "scope": "everything"}


@pytest.fixture
def world(house, browse):
    """Ada and Berta, who are admins of a house in which everything needs two of them, and Carlos without a role."""
    with house.open() as make:
        house.ada, house.berta, house.carlos = (
            make.user(name, email=f"{name.lower()}@example.org", password="correct horse battery")
            for name in ("Ada", "Berta", "Carlos")
        )
        for admin in (house.ada, house.berta):
            make.grant(admin, Role.ADMIN)
        house_domain.set_rules({Rule.GRANTS, Rule.EXPORTS})
    house.as_ada, house.as_berta = browse(house.ada), browse(house.berta)
    return house


def roles(house, user):
    with house.open():
        return [one.role for one in db.session.scalars(select(Grant).where(Grant.user_id == user.id))]


def requests(house):
    with house.open():
        return db.session.scalars(select(ApprovalRequest).order_by(ApprovalRequest.id)).all()


def letters(house):
    with house.open():
        deliver_due()
        return [
            (one.recipient, one.subject) for one in db.session.scalars(select(MailboxLetter).order_by(MailboxLetter.id))
        ]


def decide(browser, verb, number=1):
    return browser.post(f"/house/approvals/{number}/{verb}")


def test_a_role_on_the_whole_house_waits_until_another_admin_has_approved_it(world):
    world.as_ada.post(f"/users/{world.carlos.id}/grants", GRANT)
    assert roles(world, world.carlos) == []
    assert "waits" in world.as_berta.get("/house/approvals").text
    decide(world.as_berta, "approve")
    assert roles(world, world.carlos) == [Role.COORDINATOR]
    decide(world.as_berta, "approve")
    assert roles(world, world.carlos) == [Role.COORDINATOR]


def test_a_role_on_one_congress_needs_nobody_else(world):
    with world.open() as make:
        congress = make.congress()
    world.as_ada.post(f"/users/{world.carlos.id}/grants", GRANT | {"scope": f"congress:{congress.id}"})
    assert roles(world, world.carlos) == [Role.COORDINATOR]
    assert requests(world) == []


def test_who_asked_cannot_approve_and_neither_can_who_would_get_the_role(world):
    world.as_ada.post(f"/users/{world.berta.id}/grants", GRANT)
    for browser in (world.as_ada, world.as_berta):
        decide(browser, "approve")
        assert roles(world, world.berta) == [Role.ADMIN]
        assert "Another admin has to approve this." in browser.get("/house/approvals").text
    assert 'action="/house/approvals/1/approve"' not in world.as_ada.get("/house/approvals").text


def test_what_is_refused_does_not_happen_and_cannot_be_approved_later(world):
    world.as_ada.post(f"/users/{world.carlos.id}/grants", GRANT)
    decide(world.as_berta, "refuse")
    decide(world.as_berta, "approve")
    assert roles(world, world.carlos) == []
    assert "refused" in world.as_ada.get("/house/approvals").text


def test_asking_twice_is_one_request_and_who_asked_can_take_it_back(world):
    for _ in range(2):
        world.as_ada.post(f"/users/{world.carlos.id}/grants", GRANT)
    assert len(requests(world)) == 1
    decide(world.as_berta, "withdraw")
    assert len(requests(world)) == 1
    decide(world.as_ada, "withdraw")
    assert requests(world) == []


def test_a_request_that_is_too_old_cannot_be_approved(world, at):
    world.as_ada.post(f"/users/{world.carlos.id}/grants", GRANT)
    at(clock.now() + timedelta(days=31))
    decide(world.as_berta, "approve")
    assert roles(world, world.carlos) == []


def test_the_other_admins_are_told_by_letter_and_who_asked_hears_what_became_of_it(world):
    world.as_ada.post(f"/users/{world.carlos.id}/grants", GRANT)
    assert letters(world) == [("berta@example.org", "Something in Encuentro needs a second admin")]
    decide(world.as_berta, "approve")
    assert letters(world)[-1] == ("ada@example.org", "Approved: what you asked for in Encuentro")


def test_no_letter_is_sent_about_what_was_decided_meanwhile(world):
    world.as_ada.post(f"/users/{world.carlos.id}/grants", GRANT)
    decide(world.as_berta, "refuse")
    assert letters(world) == [("ada@example.org", "Refused: what you asked for in Encuentro")]


def download(browser):
    return browser.post("/people/download", {"file_format": "csv", "columns": ["given_name"]})


@pytest.fixture
def crowd(world, monkeypatch):
    """Three people, in a house where that is many."""
    monkeypatch.setattr(approvals, "MANY_PEOPLE", 2)
    with world.open() as make:
        for name in ("Rosa", "Luz", "Sol"):
            make.person(name)
    return world


def test_a_download_with_many_people_is_made_once_after_another_admin_has_approved_it(crowd):
    assert download(crowd.as_ada).status_code == 302
    assert "second admin" in crowd.as_ada.get("/people/download").text
    assert download(crowd.as_ada).status_code == 302
    assert [one.row_count for one in requests(crowd)] == [3]
    decide(crowd.as_berta, "approve")
    other = crowd.as_ada.post("/people/download", {"file_format": "csv", "columns": ["given_name", "phone"]})
    assert other.status_code == 302, "what was approved has no phone numbers"
    assert download(crowd.as_berta).status_code == 302, "it was not approved for anybody else"
    answer = download(crowd.as_ada)
    assert answer.status_code == 200
    assert b"Rosa" in answer.get_data()
    assert download(crowd.as_ada).status_code == 302


def test_an_approved_download_can_be_made_for_a_day(crowd, at):
    download(crowd.as_ada)
    decide(crowd.as_berta, "approve")
    at(clock.now() + timedelta(hours=25))
    assert download(crowd.as_ada).status_code == 302


def test_a_download_with_few_people_needs_nobody_else(world):
    with world.open() as make:
        make.person("Rosa")
    assert download(world.as_ada).status_code == 200


def test_several_files_with_few_people_each_count_together_for_a_day(crowd, at, monkeypatch):
    monkeypatch.setattr(approvals, "MANY_PEOPLE", 5)
    assert download(crowd.as_ada).status_code == 200
    assert download(crowd.as_ada).status_code == 302
    assert download(crowd.as_berta).status_code == 200, "another account"
    decide(crowd.as_berta, "approve")
    assert download(crowd.as_ada).status_code == 200
    assert counted(crowd) == 3, "what was approved does not count"
    at(clock.now() + timedelta(hours=25))
    assert download(crowd.as_ada).status_code == 200


def counted(world):
    with world.open():
        return approval_queries.downloaded_lately(world.ada, ["people"])


def test_that_one_person_decides_on_crossings_needs_two_admins_if_roles_do(world):
    world.as_ada.edit("/house", crossing_rule="two_people")
    world.as_ada.edit("/house", crossing_rule="coordinator")
    assert "another admin has to approve this" in world.as_ada.get("/house").text
    assert crossing_rule(world) == "two_people"
    assert "Who verifies and bans border crossings: a coordinator" in world.as_berta.get("/house/approvals").text
    decide(world.as_berta, "approve")
    assert crossing_rule(world) == "coordinator"
    world.as_ada.edit("/house", crossing_rule="two_people")
    assert crossing_rule(world) == "two_people", "what is stricter counts at once"


def crossing_rule(world):
    with world.open():
        return house_queries.crossing_rule()


def test_a_single_admin_cannot_turn_it_on(house, browse):
    with house.open() as make:
        ada = make.user("Ada", password="correct horse battery")
        make.grant(ada, Role.ADMIN)
        make.grant(make.user("Berta", password="correct horse battery"), Role.COORDINATOR)
    page = browse(ada).edit("/house", rules=["grants"])
    assert page.status_code == 422
    assert "There is only one admin of the house" in page.text
    with house.open():
        assert house_queries.rules() == set()


def test_turning_it_on_counts_at_once_and_turning_it_off_needs_another_admin(world):
    world.as_ada.edit("/house", rules=["grants"])
    with world.open():
        assert house_queries.rules() == {Rule.GRANTS, Rule.EXPORTS}
    decide(world.as_ada, "approve")
    with world.open():
        assert house_queries.rules() == {Rule.GRANTS, Rule.EXPORTS}
    decide(world.as_berta, "approve")
    with world.open():
        assert house_queries.rules() == {Rule.GRANTS}
    world.as_ada.edit("/house", rules=["grants", "exports"])
    with world.open():
        assert house_queries.rules() == {Rule.GRANTS, Rule.EXPORTS}


def test_only_admins_of_the_house_see_what_waits(world, browse):
    with world.open() as make:
        make.grant(world.carlos, Role.COORDINATOR)
    world.as_ada.post(f"/users/{world.carlos.id}/grants", GRANT | {"role": "organizer"})
    assert browse(world.carlos).get("/house/approvals").status_code == 403
    assert decide(browse(world.carlos), "approve").status_code == 403
