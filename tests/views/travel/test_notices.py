"""A message about a closure becomes a problem after a preview; problems are a feed for other programs."""

import io
import re

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.travel.problems import RouteProblem
from app.reading.alerts import wire
from tests.factories import utc
from tests.views.pages import text

NOTAM = """(A0512/25 NOTAMN
Q) SVZM/QFALC/IV/NBO/A/000/999/1036N06659W005
A) SVMI B) 2512091200 C) 2512201200 EST
D) SR-SS
E) AD CLSD)"""


def sent(page):
    return {"previewed": re.search(r'name="previewed" value="(\w+)"', page)[1], "confirm": "1"}


def world(make):
    congress = make.congress()
    make.place("CCS").icao = "SVMI"
    make.leg(make.delegation(congress))
    return congress


def test_a_pasted_notam_is_shown_as_it_was_understood_and_recorded_once_confirmed(house, alice):
    with house.open() as make:
        path = f"/congresses/{world(make).id}/problems/paste"
    page = text(alice.post(path, data={"notice": NOTAM, "number": "1"}))
    assert ("SR-SS" in page, "Caracas closed" in page, "estimated end" in page) == (True, True, True)
    with house.open():
        assert not db.session.query(RouteProblem).count()
    assert alice.post(path, data={"notice": NOTAM, "number": "1"} | sent(page)).status_code == 302
    with house.open():
        problem = db.session.query(RouteProblem).one()
        assert (problem.reference, problem.end_estimated, problem.is_verified) == ("A0512/25", True, False)
        assert problem.source_quote.startswith("(A0512/25 NOTAMN")
        (period,) = problem.active_periods
        assert (period.starts_at, period.ends_at) == (utc("2025-12-09 12:00"), utc("2025-12-20 12:00"))


def test_a_message_that_cancels_or_is_none_cannot_be_recorded(house, alice):
    with house.open() as make:
        path = f"/congresses/{world(make).id}/problems/paste"
    cancels = "(A0513/25 NOTAMC A0512/25\nQ) SVZM/QFALC/\nA) SVMI B) 2512091200\nE) CNL)"
    page = text(alice.post(path, data={"notice": cancels, "number": "1"}))
    assert ("cancels A0512/25" in page, 'name="confirm"' in page) == (True, False)
    assert "could not be read" in text(alice.post(path, data={"notice": "Hello", "number": "1"}))


def test_a_binary_feed_becomes_text_that_can_be_confirmed(house, alice, at):
    at(utc("2025-12-09 12:00"))
    with house.open() as make:
        congress = world(make)
        make.problem(congress)
        page = f"/congresses/{congress.id}/problems"
    data = alice.get(f"{page}/alerts.pb").get_data()
    assert b"country_airspace:VE" in data
    answer = alice.post(f"{page}/paste", data={"notice": "", "number": "1", "file": (io.BytesIO(data), "alerts.pb")})
    assert "Airspace of Venezuela" in text(answer)


def test_nothing_about_people_or_their_legs_is_in_the_feed(house, browse, at):
    at(utc("2025-12-09 12:00"))
    with house.open() as make:
        congress = make.congress()
        delegation = make.delegation(congress)
        make.problem(congress, kind="person", country=None, delegate=delegation.delegates[0])
        make.problem(congress, kind="leg", country=None, leg=make.leg(delegation))
        make.problem(congress)
        bob, charlie = make.user("Bob"), make.user("Charlie")
        make.grant(bob, Role.ORGANIZER, congress=congress)
        path = f"/congresses/{congress.id}/problems/alerts"
    feed = wire.decode(browse(bob).get(f"{path}.pb").get_data())
    assert feed == browse(bob).get(f"{path}.json").get_json()
    (entity,) = feed["entity"]
    assert entity["alert"]["informedEntity"] == [{"stopId": "country_airspace:VE"}]
    assert browse(charlie).get(f"{path}.pb").status_code in (403, 404)
