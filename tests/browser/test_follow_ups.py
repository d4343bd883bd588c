"""Actions from a problem to whoever does them, and a template that moves with its congress, without JavaScript."""

import pytest

from tests.browser.conftest import fill_in, follow, is_titled, link_in_letter, misses, press, read_letter, sees, sign_in
from tests.browser.shots import PHONE
from tests.factories import utc

ACTION = "Ask the bus company for twenty places"
TEMPLATE, STEP = "Before a congress", "Send the list of delegates to the hotel"


@pytest.fixture
def board(site, at):
    """The path of a congress with a warning; Nadia has no account."""
    at(utc("2025-11-20 12:00"))
    with site.open() as make:
        congress = make.congress("Congress for Peace")
        make.person("Nadia", "Cruz", congress=congress, email="nadia@example.org", preferred_language="es")
        problem = make.problem(congress)
        return f"/congresses/{congress.id}", f"/congresses/{congress.id}/problems/{problem.id}"


def test_whoever_has_no_account_completes_an_action_of_a_problem_by_its_link_on_a_phone(site, board, open_page, at):
    alice = open_page(site)
    sign_in(alice, "alice@example.org")
    alice.goto(board[1])
    follow(alice, "Assign actions")
    fill_in(alice, {"Action title": ACTION, "Due": "2025-11-25T12:00", "Assignee": "– a person without an account –"})
    fill_in(alice, {"Person without an account": "Nadia Cruz"})
    press(alice, "Assign")
    sees(alice, ACTION, "Nadia Cruz")
    assert site.deliver() == 1
    read_letter(alice, f"¿Puede encargarse? {ACTION}")
    nadia = open_page(site, locale="es-ES", viewport={"width": PHONE[0], "height": PHONE[1]})
    nadia.goto(link_in_letter(alice, "/action/"))
    is_titled(nadia, ACTION)
    nadia.get_by_role("textbox").fill("Hay doce lugares el lunes.")
    press(nadia, "Enviar")
    press(nadia, "Ya está hecha")
    sees(nadia, "Está hecha. ¡Gracias!", "Hay doce lugares el lunes.")
    alice.goto("/follow-ups/1")
    sees(alice, "done, Thu, Nov 20, 08:00 (Caracas)", "Hay doce lugares el lunes.", "Nadia Cruz")


def test_the_actions_of_a_template_move_with_the_first_day_of_the_congress(site, board, open_page, at):
    alice = open_page(site)
    sign_in(alice, "alice@example.org")
    record_the_template(alice)
    alice.goto(board[0])
    use_the_template(alice)
    sees(alice, STEP, "Thu, Dec 4, 09:00 (Caracas)")
    alice.goto(board[0])
    follow(alice, "Edit")
    fill_in(alice, {"First day": "2025-12-12", "Last day": "2025-12-14"})
    press(alice, "Save")
    sees(alice, "1 action has moved with the date.")
    alice.goto("/")
    sees(alice, STEP, "Fri, Dec 5, 09:00 (Caracas)")
    misses(alice, "Dec 4")


def record_the_template(page):
    page.goto("/action-templates")
    follow(page, "Add a template")
    fill_in(page, {"Title": TEMPLATE})
    press(page, "Save")
    follow(page, "Add an action")
    fill_in(page, {"Action": STEP, "Days": "7", "Before or after the date": "before", "Time of day": "09:00"})
    press(page, "Add")
    is_titled(page, TEMPLATE)
    sees(page, "7 days before · 09:00")


def use_the_template(page):
    follow(page, "Actions")
    follow(page, "Use an action template")
    follow(page, TEMPLATE)
    follow(page, "Use this template")
    press(page, "Preview")
    sees(page, "Thu, Dec 4, 09:00 (Caracas)")
    press(page, "Create 1 action")
