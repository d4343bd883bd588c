"""The history on the page of a record: who changed what and when, each field before and after."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from app.domain.accounts import audit
from app.domain.actions import follow_ups
from app.domain.congress import congresses, delegations
from app.domain.travel import legs, problems
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.audit import AuditEntry
from app.models.congress.delegations import DelegationStatus
from app.models.travel.journeys import LegStatus
from app.models.travel.problems import Severity
from app.wording import changes
from tests.factories import utc


class Records:
    """A congress with one record of each kind that has a history, each changed once by Ana."""

    def __init__(self, house):
        with house.open() as make:
            self.ana, self.eve = make.user("Ana"), make.user("Eve")
            congress = make.congress()
            make.grant(self.ana, Role.COORDINATOR, congress=congress)
            make.grant(self.eve, Role.MEMBER, congress=congress)
            audit.act_as(self.ana)
            delegation = make.delegation(congress)
            leg = make.leg(delegation)
            problem = make.problem(congress)
            action = make.follow_up(congress, self.ana)
            kept = {name: getattr(congress, name) for name in congresses.CongressValues.__annotations__}
            congresses.update(congress, kept | {"title": "Congress <of> Quito"})
            delegations.set_status(delegation, DelegationStatus.UNABLE_TO_ATTEND, "No visa", problem)
            legs.set_leg_status(leg, LegStatus.CANCELLED)
            problems.update(problem, make.problem_values(severity_level=Severity.WARNING), by=self.ana)
            follow_ups.complete(action)
            here = f"/congresses/{congress.id}"
            self.paths = {
                "congress": here,
                "delegation": f"{here}/delegations/{delegation.id}",
                "problem": f"{here}/problems/{problem.id}",
                "action": f"{here}/follow-ups/{action.id}",
            }


@pytest.fixture
def records(house, at):
    at(utc("2025-12-01 12:00"))
    return Records(house)


def history_on(client, path):
    page = unescape(client.get(path).get_data(as_text=True))
    section = page.partition('<section id="history">')[2].partition("</section>")[0]
    return " ".join(re.sub(r"</?(?!del)\w[^>]*>", " ", section.replace("<of>", "‹of›")).split())


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("congress", "Title: <del>Congress for Peace</del> → Congress ‹of› Quito"),
        ("delegation", "Status: <del>accepted</del> → unable to attend"),
        ("delegation", "Route problem: <del>–</del> → Airspace of Venezuela closed to all carriers"),
        ("delegation", "Edited: Bogotá → Caracas"),
        ("problem", "Severity: <del>high</del> → medium"),
        ("action", "Status: <del>to do</del> → done"),
    ],
)
def test_the_history_of_a_record_shows_who_changed_what(records, browse, record, expected):
    shown = history_on(browse(records.ana), records.paths[record])
    assert expected in shown
    assert "Mon, Dec 1, 08:00 (Caracas) · Ana" in shown


def test_the_history_of_a_congress_is_shown_only_to_users_who_may_edit_it(records, browse):
    eve = browse(records.eve)
    assert eve.get(records.paths["congress"]).status_code == 200
    assert history_on(eve, records.paths["congress"]) == ""


def test_every_audited_field_has_a_label_unless_it_is_internal(records, house):
    internal = {"problem_id", "called_off_at", "removed_at"}
    with house.open():
        entries = db.session.scalars(select(AuditEntry)).unique().all()
        noted = {name for entry in entries for name in (*entry.before, *entry.after)}
        assert {entry.subject for entry in entries} == set(changes._STATUSES) | {"route_problems"}
    assert noted - internal <= set(changes._FIELDS)
