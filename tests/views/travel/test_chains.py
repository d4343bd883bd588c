"""Legs without an arrival, and journeys that do not hold together, as pages say it."""

from app.models.travel.journeys import LegStatus
from tests.factories import utc
from tests.views.pages import text


def test_a_leg_without_an_arrival_is_recorded_and_shown_as_estimated(house, alice):
    with house.open() as make:
        delegation = make.delegation(make.congress())
        make.place("BOG"), make.place("CCS")
    page = f"/congresses/{delegation.congress_id}/delegations/{delegation.id}"
    sent = {
        "journey": "out", "mode": "air", "origin": "Bogotá (BOG), CO", "destination": "Caracas (CCS), VE", "status": "planned",
        "departs": "2025-12-10T10:00", "arrives": "",
    }  # fmt: skip
    assert alice.post(f"{page}/legs/new", data=sent).status_code == 302
    shown = text(alice.get(page))
    assert "(estimated)" in shown


def test_a_leg_after_a_canceled_one_is_said_on_the_delegation_and_on_the_board(house, alice, at):
    at(utc("2025-12-08 12:00"))
    with house.open() as make:
        delegation = make.delegation(make.congress())
        make.leg(delegation, "MEX", "BOG", "2025-12-09 10:00", "2025-12-09 15:00", status=LegStatus.CANCELLED)
        make.leg(delegation)
    says = "The leg Mexico City → Bogotá, which was to lead here, was canceled or missed."
    assert says in text(alice.get(f"/congresses/{delegation.congress_id}/delegations/{delegation.id}"))
    assert says in text(alice.get(f"/congresses/{delegation.congress_id}"))
