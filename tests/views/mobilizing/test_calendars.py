"""Calendar files: their time zones have the rules of `zoneinfo`, and their lines are folded."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from app import zones
from app.domain.mobilizing import mobilizations
from app.models.accounts.accounts import Role
from app.wording.calendars import timezone_between
from tests.factories import local, utc

FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)


def offset_by(rules, instant):
    """Return the offset that a VTIMEZONE gives for an instant, as RFC 5545 has it read."""
    begun = [
        (rule.get("DTSTART").dt.replace(tzinfo=UTC) - rule.get("TZOFFSETFROM").td, rule.get("TZOFFSETTO").td)
        for rule in rules.subcomponents
    ]
    return max((one for one in begun if one[0] <= instant), key=lambda one: one[0])[1]


@settings(max_examples=40)
@given(zone=st.sampled_from(zones.known()), data=st.data())
def test_a_calendar_has_the_rules_of_its_zones(zone, data):
    start = data.draw(st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=st.just(UTC)))
    rules = timezone_between(zone, start, start + timedelta(days=400))
    for days in range(0, 400, 9):
        instant = start + timedelta(days=days)
        assert offset_by(rules, instant) == instant.astimezone(ZoneInfo(zone)).utcoffset()


def test_the_clocks_of_madrid_go_forward_at_two():
    rules = timezone_between("Europe/Madrid", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC))
    begins = [rule.get("DTSTART").dt for rule in rules.subcomponents][1:]
    assert begins == [local("2026-03-29 02:00"), local("2026-10-25 03:00")]


def test_a_day_of_action_is_a_feed_that_tells_of_moves_and_cancellations(house, browse, at):
    at(utc("2026-03-01 12:00"))
    with house.open() as make:
        campaign = make.campaign(slug="water")
        day = make.day_of_action(campaign, local("2026-03-28 18:00"))
        make.mobilization(campaign, day, title="A march of everybody who lives along the river Guaire " * 3)
        make.mobilization(campaign, day, place=make.place("MAD"))
        gone = make.mobilization(campaign, day, title="Gone")
        mobilizations.cancel(gone, None)
        campaign_id, number = campaign.id, gone.id
        alice = make.user()
        make.grant(alice, Role.ORGANIZER, campaign=campaign)
    answer = browse(None).get("/c/water/days-of-action/1/calendar.ics")
    assert answer.mimetype == "text/calendar"
    lines = answer.get_data().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    told = answer.text.replace("\r\n ", "")
    assert "DTSTART;TZID=Europe/Madrid:20260328T180000" in told
    assert told.count("BEGIN:VTIMEZONE") == 2
    assert told.count("STATUS:CONFIRMED") == 2
    assert told.count("STATUS:CANCELLED") == 1
    own = browse(alice).get(f"/campaigns/{campaign_id}/mobilizations/{number}.ics").text
    assert "SEQUENCE:1" in own
    assert f"UID:mobilization-{number}@encuentro" in own
