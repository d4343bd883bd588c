"""The mailbox shows admins no link that acts for somebody else."""

import re

import pytest

from app.domain.accounts import accounts
from app.domain.mail import deliveries
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import MailboxLetter
from tests.factories import going_on
from tests.views.pages import text

LINK = re.compile(r"http://[^\s\"<]+/(?:password|here|action|unsubscribe)/[^\s\"<]+")


@pytest.fixture
def admins(house, browse):
    """Two admins, at addresses of their own."""
    with house.open() as make:
        users = [
            make.user(name, email=f"{name.lower()}@sindicato.org.ve", password="a long password")
            for name in ("Alice", "Olga")
        ]
        for one in users:
            make.grant(one, Role.ADMIN)
    return [browse(one) for one in users]


def pages_of(house, browser, recipient):
    """Return the page and the HTML part of the letters to an address, as an admin reads them."""
    with house.open():
        deliver_due()
        found = db.session.query(MailboxLetter).filter_by(recipient=recipient).order_by(MailboxLetter.id)
        paths = [f"/mailbox/{one.id}" for one in found]
    assert paths
    return "".join(text(browser.get(path)) + text(browser.get(f"{path}/html")) for path in paths)


def test_a_link_to_choose_a_password_is_shown_to_its_owner_and_to_no_other_admin(house, admins):
    alice, olga = admins
    alice.post("/forgotten", {"email": "olga@sindicato.org.ve"})
    assert LINK.search(pages_of(house, olga, "olga@sindicato.org.ve"))
    shown = pages_of(house, alice, "olga@sindicato.org.ve")
    assert not LINK.search(shown)
    assert "/password/" not in shown
    assert "[link for the recipient only]" in shown


def test_an_invitation_is_shown_to_whoever_sent_it_until_it_is_used(house, admins):
    alice, olga = admins
    answer = alice.edit("/users/new", name="Ana", email="ana@sindicato.org.ve")
    assert answer.status_code == 302
    [link, *_] = LINK.findall(pages_of(house, alice, "ana@sindicato.org.ve"))
    assert not LINK.search(pages_of(house, olga, "ana@sindicato.org.ve"))
    path = "/" + link.split("/", 3)[3]
    alice.post(path, {"password": "a very long password"})
    assert not LINK.search(pages_of(house, alice, "ana@sindicato.org.ve"))


def test_personal_links_of_others_are_hidden_everywhere_in_a_letter(house, admins):
    alice, _olga = admins
    with house.open() as make:
        congress, campaign = make.congress(**going_on()), make.campaign()
        rosa = make.person("Rosa", congress=congress, email="rosa@sindicato.org.ve")
        delegation = make.delegation(congress, delegates=0)
        make.seat(delegation, rosa)
        deliveries.queue_links(delegation)
        make.follow_up(congress, rosa)
        make.subscription(campaign, "rosa@sindicato.org.ve", confirmed=False)
    shown = pages_of(house, alice, "rosa@sindicato.org.ve")
    assert "[link for the recipient only]" in shown
    assert re.findall(r"/(?:here|action|confirm|unsubscribe)/\w", shown) == []


def test_other_links_and_letters_to_addresses_for_examples_stay_as_they_are(house, admins):
    alice, _olga = admins
    with house.open() as make:
        congress = make.congress()
        bob = make.user("Bob", email="bob@example.org")
        claire = make.user("Claire", email="claire@sindicato.org.ve")
        for one in (bob, claire):
            make.grant(one, Role.ORGANIZER, congress=congress)
            make.follow_up(congress, one, by=None)
        accounts.invite(bob)
    assert LINK.search(pages_of(house, alice, "bob@example.org"))
    assert "/follow-ups/" in pages_of(house, alice, "claire@sindicato.org.ve")
