"""Calls for help are shown in red to coordinators; delegates see whom to call."""

import pytest

from app import tokens
from app.domain.travel import check_ins
from app.models.accounts.accounts import Role
from app.models.travel.check_ins import Answer
from app.queries.travel import help_calls
from tests.factories import utc

CALLING = "1 delegate needs help"


@pytest.fixture
def world(app, house, browse, at):
    at(utc("2025-12-09 12:00"))
    with house.open() as make:
        congress = make.congress(help_name="Diego", help_phone="+58 212 555 0142")
        delegation = make.delegation(congress, delegates=0)
        make.leg(delegation)
        delegate = make.seat(delegation, make.person("Rosa", congress=congress, preferred_language="en"))
        problem = make.problem(congress)
        alice, bob, charlie = make.user("Alice"), make.user("Bob"), make.user("Charlie")
        make.grant(alice, Role.COORDINATOR, congress=congress)
        make.grant(bob, Role.MEMBER, congress=congress)
        make.grant(charlie, Role.COORDINATOR, congress=make.congress())
        check_ins.ask(problem)
        check_ins.record_report(delegate, Answer.NEED_HELP, None)
        world = {
            "pages": (
                "/",
                f"/congresses/{congress.id}",
                f"/congresses/{congress.id}/delegations/{delegation.id}",
                f"/congresses/{congress.id}/problems/{problem.id}",
            ),
            "help": f"/congresses/{congress.id}/help",
            "hear": f"/congresses/{congress.id}/delegations/{delegation.id}/delegates/{delegate.id}/heard",
            "here": f"/here/{tokens.sign_delegate_link(app.config['SECRET_KEY'], delegate)}",
            "delegate": delegate,
        }
    return world | {"alice": browse(alice), "bob": browse(bob), "charlie": browse(charlie), "rosa": browse()}


def test_an_open_call_for_help_is_shown_on_every_page_for_coordinators(house, world):
    assert all(CALLING in world["alice"].get(page).text for page in world["pages"])
    with house.open():
        number = help_calls.open_of(world["delegate"]).id
    close = f"{world['help']}/{number}/close"
    assert world["alice"].post(close, {"note": ""}).status_code == 422
    assert world["alice"].post(close, {"note": "with Ana"}).status_code == 302
    assert not any(CALLING in world["alice"].get(page).text for page in world["pages"])
    assert "with Ana" in world["alice"].get(world["help"]).text


def test_calls_for_help_are_hidden_from_members_and_other_congresses(world):
    assert CALLING not in world["bob"].get("/").text
    assert CALLING not in world["bob"].get(world["pages"][1]).text
    assert CALLING not in world["charlie"].get("/").text
    assert world["bob"].get(world["help"]).status_code == 403
    assert world["charlie"].get(world["help"]).status_code == 404


def test_the_delegates_page_names_a_contact_and_confirms_the_call_for_help(world):
    page = world["rosa"].get(world["here"]).text
    assert 'href="tel:+582125550142"' in page
    assert "You have asked for help" in page


def test_a_coordinator_can_record_an_answer_given_by_phone(world):
    assert world["alice"].post(world["hear"], {"answer": "safe", "note": "at home"}).status_code == 302
    said = world["alice"].get(world["help"]).text
    assert "recorded by Alice" in said
    assert "at home" in said
    assert CALLING in world["alice"].get("/").text
