"""Permissions by role and scope, without pages or a database."""

import pytest

from app.models.accounts.accounts import Role
from app.policy import HOUSE_WIDE, TABLE, Held, Permission, allowed, allowed_on, can

HERE, THERE = {"congress_id": 1}, {"congress_id": 2}
CAMPAIGN, BOTH, NEITHER = {"campaign_id": 1}, {"congress_id": 1, "campaign_id": 1}, {}
EVERYTHING = Held(Role.ORGANIZER)
ON_CONGRESS = Held(Role.ORGANIZER, congress_id=1)
ON_CAMPAIGN = Held(Role.ORGANIZER, campaign_id=1)


@pytest.mark.parametrize(
    ("held", "where", "page", "row"),
    [
        (EVERYTHING, HERE, True, True),
        (EVERYTHING, CAMPAIGN, True, True),
        (EVERYTHING, NEITHER, True, True),
        (ON_CONGRESS, HERE, True, True),
        (ON_CONGRESS, THERE, False, False),
        (ON_CONGRESS, CAMPAIGN, False, False),
        (ON_CONGRESS, BOTH, False, False),
        (ON_CONGRESS, NEITHER, True, False),
        (ON_CAMPAIGN, CAMPAIGN, True, True),
        (ON_CAMPAIGN, {"campaign_id": 2}, False, False),
        (ON_CAMPAIGN, HERE, False, False),
        (ON_CAMPAIGN, NEITHER, True, False),
    ],
    ids=str,
)
def test_a_role_applies_to_its_scope_and_shared_rows_require_an_unlimited_role(held, where, page, row):
    assert allowed([held], Permission.ARTICLE_EDIT, **where) is page
    assert allowed_on([held], Permission.ARTICLE_EDIT, **where) is row
    assert not allowed([held], Permission.DIGEST_APPROVE, **where)
    assert not allowed_on([held], Permission.DIGEST_APPROVE, **where)


@pytest.mark.parametrize("permission", sorted(HOUSE_WIDE))
@pytest.mark.parametrize("where", [NEITHER, HERE])
def test_shared_data_requires_a_role_on_everything(permission, where):
    assert allowed([Held(Role.ADMIN)], permission, **where)
    assert not allowed([Held(Role.ADMIN, congress_id=1), Held(Role.ADMIN, campaign_id=1)], permission, **where)


def test_one_of_several_roles_is_enough_but_their_scopes_are_separate():
    held = [Held(Role.MEMBER), Held(Role.COORDINATOR, campaign_id=1)]
    assert allowed(held, Permission.DIGEST_APPROVE, campaign_id=1)
    assert not allowed(held, Permission.DIGEST_APPROVE, campaign_id=2)
    assert not allowed([], Permission.ARTICLE_VIEW)
    assert not allowed_on([], Permission.ARTICLE_VIEW)


def test_a_role_permits_nothing_outside_its_scope_and_includes_lower_roles():
    by_rank = (Role.MEMBER, Role.ORGANIZER, Role.COORDINATOR, Role.ADMIN)
    for lesser, role in zip((None, *by_rank), by_rank, strict=False):
        assert {one for one in Permission if can(role, one, in_scope=True)} == TABLE[role]
        assert not any(can(role, one, in_scope=False) for one in Permission)
        assert lesser is None or TABLE[lesser] < TABLE[role]
    assert set(by_rank) == set(Role)
