"""Save, Back, Save: a creation form that is opened again from the same address knows that it was saved."""

import re

import pytest
from flask import url_for

from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp
from app.models.campaigns.campaigns import Campaign
from app.models.people.people import Person
from app.models.travel.places import Place
from tests.views.pages import text
from tests.views.test_saved_before import FORMS, alice, count  # noqa: F401 - alice is a fixture

FIRST = {"fact_kind": "rules"}
"""Values of arguments that are no numbers."""
KEY = "0123456789abcdef" * 2
NOTICE = "You have already saved this form."
MORE = {
    "campaign": ("/campaigns/new", Campaign, {"title": "Peace", "start_date": "2026-03-01", "end_date": "2026-03-02"}, {"title": "Land"}),
    "place": ("/places/new", Place, {"name": "Ica", "kind": "port", "country": "PE", "latitude": "-14", "longitude": "-75"}, {"name": "Ilo"}),
    "action": ("/follow-ups/new", FollowUp, {"title": "Call", "due": "2025-12-01T10:00"}, {"title": "Write"}),
}  # fmt: skip
WALKED = {name: form[:4] for name, form in FORMS.items()} | MORE


def key_in(answer):
    return re.search('name="idempotency_key" value="([^"]+)"', text(answer))[1]


@pytest.mark.parametrize(("path", "model", "typed", "changed"), WALKED.values(), ids=WALKED)
def test_a_form_that_was_saved_and_opened_again_asks_before_it_creates_another_record(
    house,
    alice,  # noqa: F811
    path,
    model,
    typed,
    changed,
):
    address = f"{path}?form={KEY}"
    before = count(house, model)
    assert NOTICE not in text(alice.get(address))
    saved = alice.post(address, alice.typed(address, **typed))
    assert saved.status_code == 302, text(saved)

    opened = alice.get(address)
    assert NOTICE in text(opened)
    assert count(house, model) == before + 1
    asked = alice.post(address, alice.sheet(opened, **(typed | changed)))
    assert asked.status_code == 422
    assert "You have already saved this page" in text(asked)
    assert count(house, model) == before + 1
    other = alice.post(address, alice.sheet(asked, again="1"))
    assert other.status_code in (302, 422)  # a rule may still refuse it
    assert "You have already saved this page" not in text(other)


def test_every_page_that_creates_something_is_linked_with_a_new_key(app):
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if getattr(app.view_functions[rule.endpoint], "creating", False):
                arguments = dict.fromkeys(rule.arguments, 1) | {
                    name: one for name, one in FIRST.items() if name in rule.arguments
                }
                addresses = {url_for(rule.endpoint, **arguments) for _ in range(2)}
                assert len(addresses) == 2
                assert all(re.search("[?]form=[0-9a-f]{32}$", one) for one in addresses)


def test_two_tabs_from_one_link_record_two_people_after_a_question(house, alice):  # noqa: F811
    address = f"/people/new?form={KEY}"
    first, second = alice.typed(address, given_name="Ana"), alice.typed(address, given_name="Eva")
    assert alice.post(address, first).status_code == 302
    asked = alice.post(address, second)
    assert asked.status_code == 422
    assert alice.post(address, alice.sheet(asked, again="1")).status_code == 302
    assert count(house, Person) == 2


def test_a_key_that_another_user_used_is_unused(house, alice, browse):  # noqa: F811
    address = f"/people/new?form={KEY}"
    alice.post(address, alice.typed(address, given_name="Ana"))
    with house.open() as make:
        bob = make.user("Bob")
        make.grant(bob, Role.ADMIN)
    reader = browse(bob)
    assert NOTICE not in text(reader.get(address))
    assert reader.post(address, reader.typed(address, given_name="Eva")).status_code == 302
    assert count(house, Person) == 2


def test_a_key_counts_on_its_own_page_only(alice):  # noqa: F811
    address = f"/people/new?form={KEY}"
    alice.post(address, alice.typed(address, given_name="Ana"))
    assert NOTICE not in text(alice.get(f"/organizations/new?form={KEY}"))


@pytest.mark.parametrize("key", ["", "x", KEY.upper(), KEY + "0", "%00", "é" * 32])
def test_a_malformed_key_is_replaced_by_a_random_one(alice, key):  # noqa: F811
    assert key_in(alice.get(f"/people/new?form={key}")) != key_in(alice.get(f"/people/new?form={key}"))


def test_the_notice_leads_to_what_was_saved_and_to_an_empty_form_with_the_same_values_in_its_address(house, alice):  # noqa: F811
    address = f"/people/new?country=PE&_scheme=javascript&form={KEY}"
    saved = alice.post(address, alice.typed(address, given_name="Ana"))
    page = text(alice.get(address))
    assert f'href="{saved.location}"' in page
    assert f'href="{saved.location}/edit"' in page
    empty = re.search('href="(/people/new[?]country=PE&_scheme=javascript&form=[0-9a-f]{32})"', page)[1]
    assert NOTICE not in text(alice.get(empty))


def test_after_save_and_add_another_the_saved_form_does_not_call_the_next_form_what_was_saved(alice):  # noqa: F811
    address = f"/people/new?form={KEY}"
    following = alice.post(address, alice.typed(address, given_name="Ana", another="1")).location
    assert following.startswith("/people/new?")
    assert NOTICE not in text(alice.get(following))
    page = text(alice.get(address))
    assert NOTICE in page
    assert "View what was saved" not in page
    assert "Edit what was saved" in page
