"""Calling off a problem: the confirmation page, and undoing it."""

import pytest
from flask import current_app
from sqlalchemy import select

from app.domain.travel import check_ins
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.travel.check_ins import CheckIn
from app.models.travel.problems import RouteProblem
from app.tokens import sign_delegate_link
from tests.factories import utc
from tests.views.pages import text


@pytest.fixture
def alice(house, browse, at):
    """An organizer of a congress with a future closure that a delegate was asked about."""
    at(utc("2025-12-01 12:00"))
    with house.open() as make:
        congress = make.congress()
        alice = make.user("Alice", timezone="America/Caracas")
        make.grant(alice, Role.ORGANIZER, congress=congress)
        delegation = make.delegation(congress, delegates=1)
        make.leg(delegation)
        problem = make.problem(congress)
        check_ins.ask(problem)
        house.page = f"/congresses/{congress.id}/problems/{problem.id}"
        house.link = f"/here/{sign_delegate_link(current_app.config['SECRET_KEY'], delegation.delegates[0])}"
    return browse(alice)


def test_the_confirmation_page_lists_what_depends_on_the_problem_and_changes_nothing(house, alice):
    page = text(alice.get(f"{house.page}/call-off"))
    assert "1 leg is no longer affected." in page
    assert "1 check-in with 0 answers is kept." in page
    assert f'href="{house.page}"' in page
    with house.open():
        assert db.session.scalars(select(RouteProblem)).unique().one().called_off_at is None


def test_a_called_off_problem_says_so_and_can_only_be_reinstated(house, alice):
    alice.post(f"{house.page}/call-off")
    page = text(alice.get(house.page))
    assert "Withdrawn by Alice." in page
    for path in ("edit", "call-off", "touches/new", "periods/new"):
        assert f'"{house.page}/{path}"' not in page
    listed = house.page.rpartition("/")[0]
    assert house.page in text(alice.get(f"{listed}?show=called_off"))
    assert f'{house.page}"' not in text(alice.get(f"{listed}?show=ahead"))
    with house.open():
        assert len(db.session.scalars(select(CheckIn)).unique().all()) == 1


def test_calling_off_can_be_undone_with_one_button(house, alice):
    alice.post(f"{house.page}/call-off")
    assert f'action="{house.page}/reinstate"' in text(alice.get(house.page))
    assert alice.post(f"{house.page}/reinstate").location == house.page
    page = text(alice.get(house.page))
    assert f'"{house.page}/edit"' in page
    assert "Withdrawn by" not in page


def test_delegates_are_not_asked_about_a_called_off_problem(house, alice, browse):
    assert "Are you safe?" in text(browse().get(f"{house.link}?locale=en"))
    alice.post(f"{house.page}/call-off")
    page = text(browse().get(f"{house.link}?locale=en"))
    assert "Are you safe?" not in page
    assert "I need help" in page
