"""Organizations without a sign of life for a while: what counts, in which order, and only what is in scope."""

from datetime import date, timedelta

import pytest

from app import clock
from app.extensions import db
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.queries.people import quiet

NOW = clock.now()


@pytest.fixture
def found():
    """Return a function that returns the names of the quiet organizations, in a scope."""

    def names(days=90, scope=EVERYTHING):
        db.session.expunge_all()
        enter_scope(scope)
        return [one.organization.name for one in quiet.find(days, language="en").rows]

    yield names
    enter_scope(EVERYTHING)


def test_an_organization_is_quiet_after_the_last_interaction_and_the_last_delegation(make, found):
    long_ago = make.congress("Long ago", start_date=date(2020, 1, 1), end_date=date(2020, 1, 3))
    soon = make.congress("Soon", start_date=NOW.date(), end_date=NOW.date() + timedelta(days=40))
    names = ("Never", "Old delegation", "Old call", "Old both", "New call", "New delegation")
    unions = {name: make.organization(name) for name in names}
    for name, congress in (("Old delegation", long_ago), ("Old both", long_ago), ("New delegation", soon)):
        make.delegation(congress, organization=unions[name], delegates=0)
    for name, days in (("Old call", 200), ("Old both", 100), ("New call", 10), ("New call", 300)):
        make.interaction(
            organization=unions[name], congress=soon, occurred_at=NOW - timedelta(days=days), subject=f"{days}"
        )
    assert found() == ["Old delegation", "Old call", "Old both", "Never"]
    assert found(150) == ["Old delegation", "Old call", "Never"]
    signs = {one.organization.name: one for one in quiet.find(90, language="en").rows}
    assert signs["Old delegation"].is_delegation_last
    assert not signs["Old both"].is_delegation_last
    assert signs["Old both"].interaction.subject == "100"


def test_what_is_out_of_scope_does_not_count(make, found):
    here, there = make.congress("Here"), make.congress("There")
    make.interaction(organization=make.organization("Dockers"), congress=there)
    make.interaction(make.person(congress=there), organization=make.organization("Miners"))
    assert found() == []
    assert found(scope=Scope(frozenset({there.id}))) == []
    assert found(scope=Scope(frozenset({here.id}))) == ["Dockers", "Miners"]
