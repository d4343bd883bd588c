"""All errors of a form are shown at once: those of single fields, and those of rules about several fields."""

import pytest

from app.models.accounts.accounts import Role

DAYS = {"start_date": "2026-12-03", "end_date": "2026-12-01"}
HOURS = {"departs": "2025-12-09T13:00", "arrives": "2025-12-09T10:00"}
CASES = [
    ("/congresses/new", DAYS, "title", "The end date is before the start date."),
    ("/campaigns/new", DAYS, "title", "The end date is before the start date."),
    ("/organizations/new", {"name": "UNION OBRERA", "country": "PE", "website": "none"}, "website", "already recorded"),
    (
        "/congresses/1/delegations/1/legs/new",
        {"origin": "BOG", "destination": "CCS", "mode": "air", "seats": "x", **HOURS},
        "seats",
        "The arrival must be after the departure",
    ),
    (
        "/congresses/1/delegations/new",
        {"status": "unable_to_attend", "country": "PE", "seats": "x"},
        "seats",
        "Enter why it cannot attend.",
    ),
    ("/crossings/new", {"near": "CUC", "far": "BOG"}, "name", "Both towns are in the same country."),
    (
        "/services/new",
        {"origin": "BOG", "destination": "BOG", "mode": "air"},
        "frequency",
        "Origin and destination are the same.",
    ),
    (
        "/congresses/1/problems/new",
        {
            "kind": "country",
            "country": "VE",
            "starts": "2025-12-09T10:00",
            "ends": "2025-12-08T10:00",
            "source_url": "x",
        },
        "source_url",
        "The end must be after the start.",
    ),
    (
        "/congresses/1/problems/new",
        {"kind": "fir", "fir": "XXXX", "starts": "", "cause": "weather"},
        "starts",
        "Unknown region.",
    ),
    ("/campaigns/1/calls/new", {"url": "x"}, "url", "in at least one language"),
    ("/users/new", {"email": "ALICE@example.org"}, "name", "There is already an account with this address."),
    ("/campaigns/new", {"title": "Peace and sovereignty"}, "start_date", "Another campaign already has this address."),
    (
        "/follow-ups/new?congress=1",
        {"due": "2099-01-01T10:00", "remind_before_hours": "x"},
        "remind_before_hours",
        "Is the date right? It is far from today.",
    ),
    ("/articles/new", {"url": "http://www.paper.example.org/a/"}, "headline", "This article is already saved."),
    (
        "/places/new",
        {"name": "Otro", "country": "CO", "kind": "airport", "code": "bog", "latitude": "north"},
        "latitude",
        "Another place already has this code.",
    ),
    (
        "/crossings/new",
        {"near": "BOG", "far": "CCS", "name": "BOG – CCS", "minutes": "x"},
        "minutes",
        "This crossing has already been recorded.",
    ),
]


@pytest.fixture
def alice(house, browse):
    with house.open() as make:
        alice = make.user("Alice", email="alice@example.org")
        make.grant(alice, Role.ADMIN)
        congress = make.congress()
        make.delegation(congress, delegates=0)
        make.organization("Unión Obrera", country="PE")
        make.campaign()
        make.article(url="https://paper.example.org/a")
        for code in ("BOG", "CCS", "CUC"):
            make.place(code)
        make.crossing("BOG", "CCS")
    return browse(alice)


@pytest.mark.parametrize(("path", "values", "field", "sentence"), CASES)
def test_field_errors_and_rule_violations_are_shown_together(alice, path, values, field, sentence):
    response = alice.post(path, data=values)
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert sentence in response.text
