"""Pages on which an address is never to be written to again, and the way back."""

import re

import pytest

from app.domain.privacy import suppressions as rules
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import MailboxLetter
from app.queries.privacy import suppressions
from app.tokens import sign_subscription
from tests.views.pages import text

ADDRESS = "rosa@example.org"


@pytest.fixture
def world(house, browse):
    """Alice owns the congress, Bob works on it with her, and Charlie works on another one."""
    with house.open() as make:
        here, there = make.congress("Here"), make.congress("There")
        alice, bob, charlie, admin = (make.user(name) for name in ("Alice", "Bob", "Charlie", "Dora"))
        make.grant(alice, Role.COORDINATOR, congress=here)
        make.grant(bob, Role.ORGANIZER, congress=here)
        make.grant(charlie, Role.ORGANIZER, congress=there)
        make.grant(admin, Role.ADMIN)
        page = f"/people/{make.person('Rosa', 'Luz', congress=here, email=ADDRESS).id}"
        names = {"alice": alice, "bob": bob, "charlie": charlie, "admin": admin}
    return {"page": page} | {name: browse(user) for name, user in names.items()}


def say(world, wish, key="first"):
    typed = {"email": ADDRESS, "wish": wish, "idempotency_key": f"{wish} {key}"}
    return world["admin"].post("/house/suppressions", typed)


def suppressed(house):
    with house.open():
        return suppressions.among({ADDRESS}) == {ADDRESS}


def test_who_works_with_a_person_can_record_that_she_is_never_written_to(house, world):
    assert ADDRESS in text(world["bob"].get(f"{world['page']}/no-letters"))
    assert not suppressed(house)
    world["bob"].post(f"{world['page']}/no-letters", {"idempotency_key": "k"})
    assert suppressed(house)
    assert f"Not written to: {ADDRESS} (asked not to be written to)." in text(world["alice"].get(world["page"]))
    assert world["charlie"].get(f"{world['page']}/no-letters").status_code == 404


def test_an_admin_corrects_a_mistake_and_is_told_of_an_address_that_is_not_on_the_list(house, world):
    say(world, "never")
    assert "1 address is never written to." in text(world["admin"].get("/house/suppressions"))
    say(world, "again")
    assert not suppressed(house)
    assert "This address is not on the list." in text(say(world, "again", key="another"))
    assert world["alice"].get("/house/suppressions").status_code == 404


def test_whoever_left_can_end_all_letters_and_changes_her_mind_by_subscribing(house, browse):
    with house.open() as make:
        campaign = make.campaign()
        member = make.subscription(campaign, ADDRESS)
    leaving = f"/unsubscribe/{sign_subscription(house.app.config['SECRET_KEY'], campaign.id, member.id)}"
    guest = browse()
    guest.post(leaving)
    assert "Never write to this address again" in text(guest.get(leaving))
    guest.post(f"{leaving}/never")
    assert "Nothing else will be sent" in text(guest.get(leaving))
    assert suppressed(house)
    guest.post(f"/c/{campaign.slug}", {"email": ADDRESS, "language": "en", "agreed": "y"})
    with house.open():
        deliver_due()
        letter = db.session.query(MailboxLetter).one().content.decode().replace("=\r\n", "")
    guest.post(re.search(r"http://encuentro\.test(/confirm/[\w.=-]+)", letter)[1].replace("=3D", "="))
    assert not suppressed(house)


def bounced(house):
    with house.open():
        rules.hold_back(ADDRESS)


def test_who_works_on_a_person_lets_emails_go_again_to_an_address_where_they_did_not_arrive(house, world):
    bounced(house)
    assert "(emails do not arrive)" in text(world["bob"].get(world["page"]))
    assert world["charlie"].post(f"{world['page']}/write-again").status_code == 404
    answer = world["bob"].post(f"{world['page']}/write-again", follow_redirects=True)
    assert "emails do not arrive" not in text(answer)
    assert not suppressed(house)


def test_nobody_but_the_owner_or_an_admin_lets_emails_go_again_to_who_asked_for_none(house, world):
    bounced(house)
    say(world, "never")
    assert "Write there again" not in text(world["bob"].get(world["page"]))
    world["bob"].post(f"{world['page']}/write-again")
    assert suppressed(house)


def test_a_subscriber_is_shown_as_unreachable_and_can_be_written_to_again(house, alice):
    with house.open() as make:
        campaign = make.campaign()
        member = make.subscription(campaign, ADDRESS)
        make.subscription(campaign, "bob@example.org")
    bounced(house)
    page = f"/campaigns/{campaign.id}/subscribers"
    assert text(alice.get(page)).count("Unreachable") == 1
    alice.post(f"{page}/{member.id}/write-again")
    assert "Unreachable" not in text(alice.get(page))
    assert not suppressed(house)


def test_the_page_counts_addresses_by_reason(house, world):
    bounced(house)
    shown = text(world["admin"].get("/house/suppressions"))
    assert "Emails do not arrive" in shown
    assert "Erased" not in shown
