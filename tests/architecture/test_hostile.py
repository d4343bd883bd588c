"""No address is an internal error, whatever is in it."""

import json

import pytest

from tests.architecture.test_access import MASTER, account_of
from tests.databases import ONE_DATABASE


@pytest.mark.parametrize("number", [2**31, 2**63 - 1, 2**63, 10**30])
def test_no_number_in_an_address_is_an_internal_error(house, browse, number, monkeypatch):
    monkeypatch.setitem(house.app.config, "PROPAGATE_EXCEPTIONS", False)
    with house.open() as make:
        user = account_of(make, MASTER, None)
    reader, asked = browse(user), []
    for rule in house.app.url_map.iter_rules():
        numbers = [name for name, converter in rule._converters.items() if type(converter).__name__ == "Number"]
        if "GET" in rule.methods and numbers:
            path = rule.rule
            for name in rule.arguments:
                path = path.replace(f"<int:{name}>", str(number)).replace(f"<{name}>", "x")
            asked.append((path, reader.get(path, buffered=True).status_code))
    assert len(asked) > 100
    assert [one for one in asked if one[1] >= 500] == []


@pytest.mark.parametrize(
    "kept", ["{", "[]", "7", "null", '["a"]', '[["a"]]', '[["a", 1]]', '{"a": 1}', "[" * 5000, r'[["a", "\ud800"]]']
)
@ONE_DATABASE
def test_what_was_kept_during_sign_in_can_be_anything(house, browse, kept):
    with house.open() as make:
        make.user("Alice", email="alice@example.org", password="a long password")
    data = {"email": "alice@example.org", "password": "a long password", "next": "/congresses", "kept": kept}
    answer = browse().post("/sign-in", data)
    assert answer.status_code in (200, 302)


@ONE_DATABASE
def test_what_was_kept_during_sign_in_is_shown_again(house, browse):
    with house.open() as make:
        make.user("Alice", email="alice@example.org", password="a long password")
    kept = json.dumps([["title", "Peace"]])
    data = {"email": "alice@example.org", "password": "a long password", "next": "/congresses/new", "kept": kept}
    assert 'value="Peace"' in browse().post("/sign-in", data).text


@ONE_DATABASE
@pytest.mark.parametrize(
    ("at", "shown"), [("09:30:00", 'value="09:30"'), ("25:00", 'name="at"'), ("a\0b", 'name="at"')]
)
def test_the_time_of_the_next_action_of_a_template_comes_from_the_address_and_can_be_anything(house, browse, at, shown):
    with house.open() as make:
        user = account_of(make, MASTER, None)
        template = make.template(make.congress())
    answer = browse(user).get(f"/action-templates/{template.id}/items/new", query_string={"at": at})
    assert answer.status_code == 200
    assert shown in answer.text
