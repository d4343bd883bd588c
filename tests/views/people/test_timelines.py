"""The timeline as a page, and the list of quiet organizations."""

import re
from datetime import timedelta

from app import clock
from app.domain.mail import deliveries
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import DeliveryKind
from app.queries.people import timelines
from app.queries.people.timeline_sources import OF_ORGANIZATION, OF_PERSON, EventKind
from app.views.people.timelines import _LINES
from tests.views.pages import text


def test_every_kind_of_event_has_a_source_and_a_line():
    assert set(OF_PERSON) | set(OF_ORGANIZATION) == set(EventKind) == set(_LINES)


def test_a_timeline_has_pages_and_tells_letters_only_by_kind_and_time(house, browse, monkeypatch):
    monkeypatch.setattr(timelines, "SIZE", 4)
    with house.open() as make:
        alice, congress = make.user("Alice"), make.congress("Here")
        make.grant(alice, Role.ORGANIZER, congress=congress)
        union = make.organization("Dockers")
        person = make.person("Rosa", "Luz", congress=congress)
        delegation = make.delegation(congress, organization=union, delegates=0)
        seat = make.seat(delegation, person)
        make.interaction(person, congress=congress, organization=union)
        make.membership(person, organization=union, start_date=clock.now().date() - timedelta(days=400))
        deliveries.queue(DeliveryKind.TRAVEL_LINK, delegate=seat, occasion="link", due_at=clock.now())
    reader = browse(alice)
    first = reader.get(f"/people/{person.id}/timeline")
    assert "Personal link" not in text(first)
    assert "personal link" in text(first)
    assert "Email · " in text(first)
    assert "Who travels" in text(first)
    [earlier] = re.findall(r'rel="next" href="([^"]+)"', text(first))
    second = text(reader.get(earlier))
    assert "Membership begun" in second
    assert "Who travels" not in second
    assert reader.get(f"/people/{person.id}/timeline?after=junk").status_code == 200
    assert "Who travels" in text(reader.get(f"/organizations/{union.id}/timeline"))


def test_a_quiet_organization_leads_to_recording_an_interaction(house, browse):
    with house.open() as make:
        alice, congress = make.user("Alice"), make.congress("Here")
        make.grant(alice, Role.ORGANIZER, congress=congress)
        union = make.organization("Dockers")
        make.interaction(organization=union, congress=congress, occurred_at=clock.now() - timedelta(days=100))
    reader = browse(alice)
    page = text(reader.get("/organizations/quiet"))
    assert "1 organization without an interaction or a delegation for 90 days" in page
    assert "Last: call," in page
    assert "Only what you can see counts" in page
    assert f'href="/interactions/new?organization={union.id}' in page
    assert "Dockers" not in text(reader.get("/organizations/quiet?show=182"))
