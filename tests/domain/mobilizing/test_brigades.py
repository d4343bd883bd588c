"""Brigades, their roles and their members."""

from datetime import date

import pytest

from app.domain.mobilizing import brigade_members, brigades
from app.domain.mobilizing.spoken import codes_of
from app.domain_errors import DomainError
from app.extensions import db
from app.models.mobilizing.brigades import BrigadeMember, MemberStatus, RoleKind
from app.queries.mobilizing import brigades as brigade_queries
from app.wording.brigades import needs_sentence, role_name


@pytest.fixture
def brigade(make):
    return make.brigade(make.campaign(), roles=[(RoleKind.PRESS, 3), (RoleKind.TRANSPORT, 1)])


def test_only_confirmed_members_count_for_what_a_brigade_needs(make, brigade, app):
    press, _transport = brigade.roles
    for status in MemberStatus:
        make.brigade_member(brigade, status=status, role=press)
    needs = brigade_queries.needs(brigade)
    assert [(need.found, need.missing) for need in needs] == [(1, 2), (0, 1)]
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert needs_sentence(needs) == "3 people are still needed: 2 for press work, 1 for transport."


def test_a_brigade_with_enough_people_needs_nobody(make, app):
    brigade = make.brigade(make.campaign(), roles=[(RoleKind.LEGAL, 1)])
    make.brigade_member(brigade)
    make.brigade_member(brigade)
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert needs_sentence(brigade_queries.needs(brigade)) == "Every role is filled."
        assert needs_sentence([]) == ""


def test_a_role_of_its_own_has_a_name_and_no_role_is_there_twice(brigade, app):
    own = brigades.add_role(brigade, {"kind": RoleKind.OTHER, "name": "Banners", "needed": 2})
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert [role_name(own), role_name(brigade.roles[0])] == ["Banners", "press work"]
    for kind, name, field in (
        (RoleKind.OTHER, None, "name"),
        (RoleKind.OTHER, "bánners", "name"),
        (RoleKind.PRESS, None, "kind"),
    ):
        with pytest.raises(DomainError) as refused:
            brigades.add_role(brigade, {"kind": kind, "name": name, "needed": 1})
        assert refused.value.field == field
    with pytest.raises(DomainError, match="Enter between"):
        brigades.add_role(brigade, {"kind": RoleKind.FOOD, "name": None, "needed": 0})


def test_who_has_a_role_that_is_removed_stays_without_one(make, brigade):
    member = make.brigade_member(brigade)
    brigades.remove_role(brigade.roles[0])
    assert (member.role, member.brigade) == (None, brigade)


def test_nobody_is_in_a_brigade_twice_or_leaves_before_the_first_day(make, brigade):
    member = make.brigade_member(brigade)
    with pytest.raises(DomainError, match="already in the brigade"):
        make.brigade_member(brigade, member.person)
    with pytest.raises(DomainError, match="before the first day"):
        make.brigade_member(brigade, since=date(2025, 5, 2), until=date(2025, 5, 1))


def test_a_removed_member_stays_recorded_as_a_person(make, brigade):
    person = make.brigade_member(brigade).person
    brigade_members.remove(brigade.members[0])
    assert brigade.members == []
    assert person.full_name == "Rosa Luz"


def test_languages_are_understood_by_name_and_an_unknown_one_is_named():
    assert codes_of("español, French; qu, Spanish") == ["es", "fr", "qu"]
    with pytest.raises(DomainError) as refused:
        codes_of("English, Klingonish")
    assert refused.value.values == {"name": "Klingonish"}


def test_a_removed_brigade_is_in_no_list_until_it_is_restored(brigade):
    find = lambda: brigade_queries.find(brigade.campaign_id, "translators", 1).total  # noqa: E731 - short
    assert find() == 1
    brigades.remove(brigade, by=None)
    assert (find(), brigade_queries.removed()) == (0, [brigade])
    brigades.bring_back(brigade, by=None)
    assert (find(), brigade_queries.removed()) == (1, [])


def test_two_records_of_one_member_that_are_merged_leave_one_member(make, brigade):
    one, other = make.brigade_member(brigade), make.brigade_member(brigade, skills="drives")
    kept, gone = one.person, other.person
    make.merge(kept, gone)
    db.session.expire_all()
    [left] = db.session.query(BrigadeMember).all()
    assert (left.person_id, left.skills) == (kept.id, "drives")
