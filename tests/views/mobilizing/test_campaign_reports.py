"""The report of a campaign: what was reached, altogether or in a period."""

from datetime import date
from html import unescape

import pytest

from app import clock
from app.domain.actions import follow_ups
from app.domain.mobilizing import mobilizations
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.campaigns.campaigns import GoalKind
from app.models.mobilizing.mobilizations import MobilizationStatus
from app.models.mobilizing.shifts import PlaceStatus
from app.models.mobilizing.targets import EntryKind
from tests.factories import local, utc

NOW = utc("2026-03-02 15:00")


@pytest.fixture
def report(house, browse, at):
    """Return a function that reads the report of a campaign as Bob, with a query string."""
    at(NOW)
    with house.open() as make:
        campaign = make.campaign("Peace", goal_kind=GoalKind.MOBILIZATIONS, goal_number=10)
        alice, bob, charlie = make.user("Alice"), make.user("Bob"), make.user("Charlie")
        make.grant(alice)
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        make.grant(charlie, Role.ORGANIZER, campaign=make.campaign("Other"))
        came = {
            "turnout_least": 200,
            "turnout_most": 300,
            "not_counted": False,
            "turnout_by": None,
            "turnout_source": None,
        }
        mobilizations.report(make.mobilization(campaign, starts=local("2026-01-10 18:00"), expected_turnout=150), came)
        make.mobilization(campaign, place=make.place("MEX"), starts=local("2026-02-27 23:30"))
        make.mobilization(campaign, title="Only proposed", status=MobilizationStatus.PROPOSED)
        follow_ups.complete(make.follow_up(campaign, bob, title="Print leaflets"))
        make.follow_up(campaign, bob, utc("2026-03-01 12:00"), title="Call the press")
        target = make.target(campaign)
        make.target_entry(target, EntryKind.ASKED, date(2026, 1, 5), text="In January")
        make.target_entry(target, EntryKind.REFUSED, date(2026, 2, 5), text="Not now")
        make.sent_letter(make.target(campaign, "Ship"))
        make.cite(make.article("The port is closed"), campaign)
        make.partner(campaign, make.organization("Dockers of Cali"))
        make.campaign("Water", parent_id=campaign.id)
        make.sign_up(campaign)
        with clock.travel(utc("2026-02-01 12:00")):
            place = make.shift_place(make.shift(make.brigade(campaign), "2026-02-10T09:00", hours=4))
        place.status = PlaceStatus.ATTENDED
        db.session.flush()
    path = f"/campaigns/{campaign.id}/report"

    def read(query="", user=bob):
        answer = browse(user).get(path + query)
        return answer.status_code, " ".join(unescape(answer.get_data(as_text=True)).split())

    read.users = alice, bob, charlie
    return read


def test_the_report_says_everything_that_was_reached(report):
    status, page = report()
    assert status == 200
    for said in (
        "2 of 10 mobilizations", "2 mobilizations, 2 countries.", "200–300", "1 action was done.", "1 is open today.",
        "1 of them is late.", "Call the press", "In January", "Not now", "✕ said no", "The port is closed",
        "Dockers of Cali", "Letters to targets</dt> <dd>1</dd>", "Hours altogether</dt> <dd>4</dd>",
    ):  # fmt: skip
        assert said in page, said
    assert "Only proposed" not in page
    assert "Print leaflets" not in page


def test_a_period_leaves_out_what_happened_before_and_after(report):
    _status, page = report("?start_date=2026-02-01&end_date=2026-02-28")
    assert "1 mobilization, 1 country." in page
    assert "Mexico" in page
    assert "200–300" not in page
    assert "0 actions were done." in page
    assert "In January" not in page
    assert "Not now" in page
    assert "The port is closed" not in page
    assert "Letters to targets" not in page
    assert "2 of 10 mobilizations" in page, "the goal is not limited to a period"


def test_a_period_that_ends_before_it_begins_is_refused_and_everything_is_shown(report):
    _status, page = report("?start_date=2026-02-28&end_date=2026-02-01")
    assert "The end date is before the start date." in page
    assert "2 mobilizations, 2 countries." in page


def test_the_picture_and_the_table_have_the_same_countries(report):
    assert report("/turnout.svg")[0] == 200
    _status, table = report("/turnout.csv?start_date=2026-01-01&end_date=2026-01-31")
    assert table.endswith("Colombia,1,150,200,300")
    assert "Mexico" not in table


def test_only_organizers_of_the_campaign_read_its_report(report):
    alice, _bob, charlie = report.users
    assert report(user=alice)[0] == 200
    for page in ("", "/turnout.svg", "/turnout.csv"):
        assert report(page, user=charlie)[0] == 404


def test_the_timeline_says_what_happened_and_leads_there(report, browse):
    alice, bob, charlie = report.users
    path = "/campaigns/1/timeline"
    for user in (alice, bob):
        page = " ".join(unescape(browse(user).get(path).get_data(as_text=True)).split())
        assert "200 people came, at least" in page
        assert "Port Authority" in page
        assert "it refused" in page
        assert "The port is closed" in page
    assert browse(charlie).get(path).status_code == 404
