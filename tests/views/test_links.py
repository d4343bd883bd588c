"""Links lead only to pages that the reader may open."""

import html
import re

import pytest

from app import policy
from app.models.accounts.accounts import Role
from tests.architecture.test_access import Actor, Pages, account_of, populated

READS = frozenset(one for one in policy.Permission if one.value.endswith((".view", ".list")))


@pytest.fixture
def world(house):
    with house.open() as make:
        return populated(make)


@pytest.mark.parametrize(("on", "rights"), [("congress", "all"), ("congress", "to read"), ("campaign", "to read")])
def test_no_link_on_a_list_leads_to_a_page_that_its_reader_may_not_open(
    app, house, browse, world, monkeypatch, on, rights
):
    if rights == "to read":
        monkeypatch.setitem(policy.TABLE, Role.ORGANIZER, policy.TABLE[Role.ORGANIZER] & READS)
    with house.open() as make:
        reader = browse(account_of(make, Actor(Role.ORGANIZER, on), world.here))
        pages = Pages(app, world)
        paths = [
            pages.path(endpoint, world.here.campaign | world.here.congress)
            for endpoint, rule in pages.rules.items()
            if "GET" in rule.methods and rule.arguments <= {"congress_id", "campaign_id", "problem_id"}
            and endpoint != "static"
        ]  # fmt: skip
    pages = {path: page.text for path in paths if (page := reader.get(path)).mimetype == "text/html"}
    lists = {path: page for path, page in pages.items() if 'class="rows"' in page}
    assert len(lists) > 10
    links = {
        html.unescape(one): path for path, page in lists.items() for one in re.findall(r'<a [^>]*href="(/[^"#]*)', page)
    }
    refused = {one: path for one, path in links.items() if reader.get(one).status_code in (401, 403, 404)}
    assert refused == {}
