"""Days of action and mobilizations: calling, recording, moving, canceling, reporting; and what the public sees."""

import pytest

from app import clock
from app.models.accounts.accounts import Role
from app.models.mobilizing.mobilizations import MobilizationStatus
from app.wording.countdowns import countdown
from tests.factories import local, utc
from tests.views.pages import text


@pytest.fixture
def story(house, browse, at):
    at(utc("2026-03-01 12:00"))
    with house.open() as make:
        campaign = make.campaign(slug="water")
        bob, charlie = make.user("Bob"), make.user("Charlie")
        (
            make.grant(bob, Role.ORGANIZER, campaign=campaign),
            make.grant(charlie, Role.ADMIN, campaign=make.campaign("Other")),
        )
        make.place("MAD"), make.place("BOG")
        day = make.day_of_action(campaign, local("2026-03-29 02:30"))
        here = f"/campaigns/{campaign.id}"
        return {
            "bob": browse(bob), "charlie": browse(charlie), "here": here, "day": f"{here}/days-of-action/{day.id}",
            "new": f"{here}/mobilizations/new?day={day.id}", "public": f"/c/water/days-of-action/{day.id}",
        }  # fmt: skip


def test_an_hour_that_clocks_skip_is_refused_with_its_reason_and_nothing_typed_is_lost(story):
    bob = story["bob"]
    refused = bob.edit(story["new"], title="March", place="Madrid (MAD), ES")
    assert refused.status_code == 422
    shown = text(refused)
    assert "the clocks go forward from Mar 29, 01:59 to Mar 29, 03:00" in shown
    assert 'value="2026-03-29T02:30"' in shown
    assert (
        bob.edit(story["new"], title="March", place="Bogotá (BOG), CO", languages="Spanish, quechua").status_code == 302
    )
    assert "Sun, Mar 29, 02:30 (Bogotá)" in text(bob.get(story["day"]))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"timezone": "US/Pacific-New"}, "“US/Pacific-New” is not known"),
        ({"languages": "Spanish, Klingonese"}, "Klingonese"), ({"place": ""}, "Choose one."),
        ({"expected_turnout": "-1"}, "Number must be between 0 and 100000000"),
        ({"expected_turnout": "1000000000000"}, "Number must be between 0 and 100000000"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_beside_its_field(story, typed, said):
    answer = story["bob"].edit(story["new"], **({"title": "March", "place": "Bogotá (BOG), CO"} | typed))
    assert answer.status_code == 422
    assert said in text(answer)


def test_a_mobilization_is_moved_canceled_reinstated_and_reported(story, at):
    bob = story["bob"]
    page = bob.edit(story["new"], title="March", place="Bogotá (BOG), CO").location
    bob.edit(f"{page}/move", starts="2026-03-30T10:00", change_reason="Rain")
    assert "↷ moved" in text(bob.get(page))
    bob.edit(f"{page}/cancel", change_reason="The square is closed.")
    assert "✕ will not take place" in (shown := text(bob.get(page)))
    assert "The square is closed." in shown
    assert "Report the turnout" not in shown
    bob.post(f"{page}/reinstate")
    at(utc("2026-03-31 12:00"))
    assert bob.edit(f"{page}/turnout", turnout_least="-1").status_code == 422
    assert (
        bob.edit(f"{page}/turnout", turnout_least="300", turnout_most="500", turnout_by="the press").status_code == 302
    )
    assert "300–500 (the press)" in " ".join(text(bob.get(page)).split())
    assert "300–500" in text(bob.get(f"{story['day']}/report"))


def test_others_do_not_see_them(story):
    for path in (story["day"], story["new"], f"{story['here']}/mobilizations"):
        assert story["charlie"].get(path).status_code == 404


def test_the_public_sees_announced_mobilizations_in_the_zone_that_it_chooses(story, house, browse):
    with house.open() as make:
        campaign = make.campaign("Land", slug="land")
        day = make.day_of_action(campaign, local("2026-03-29 18:00"))
        make.mobilization(campaign, day, title="March along the river")
        make.mobilization(campaign, day, title="Secret plan", status=MobilizationStatus.PROPOSED)
        hidden = make.day_of_action(campaign, local("2026-03-29 18:00"), is_public=False)
        path, closed = (f"/c/land/days-of-action/{one.id}" for one in (day, hidden))
    reader = browse(None)
    shown = text(reader.get(f"{path}?zone=Madrid&locale=en"))
    assert "Sun, Mar 29, 18:00 (Bogotá) = Mon, Mar 30, 01:00 (Madrid)" in shown
    assert "It begins in 29 days: Mon, Mar 30, 01:00 (Madrid)." in shown
    assert "Secret plan" not in shown
    assert "“Atlantis” is not known." in text(reader.get(f"{path}?zone=Atlantis&locale=en"))
    for name in ("hours.svg", "map.svg"):
        assert reader.get(f"{path}/{name}").mimetype == "image/svg+xml"
    assert reader.get(closed).status_code == 404
    assert reader.get(path.replace("land", "water")).status_code == 404
    assert reader.get(story["public"]).status_code == 200


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-03-26 16:59", "It begins in 3 days: Sun, Mar 29, 18:00 (Madrid)."),
        ("2026-03-28 16:59", "It begins in 23 hours: Sun, Mar 29, 18:00 (Madrid)."),  # 24 on the clock: one is skipped
        ("2026-03-29 15:30", "It begins in 30 minutes: Sun, Mar 29, 18:00 (Madrid)."),
        ("2026-03-29 16:30", "It has begun: Sun, Mar 29, 18:00 (Madrid)."),
        ("2026-03-29 19:00", "It began Sun, Mar 29, 18:00 (Madrid) and is over."),
    ],
)
def test_the_countdown_is_right_over_a_change_of_the_clocks(app, now, said):
    starts_at = utc("2026-03-29 16:00")
    with app.test_request_context(headers={"Accept-Language": "en"}), clock.travel(utc(now)):
        assert countdown(starts_at, utc("2026-03-29 18:00"), "Europe/Madrid") == said
