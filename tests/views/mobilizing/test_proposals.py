"""Host organizations propose mobilizations; organizers approve or decline them; hosts act by a personal link."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.emails.mobilizing.decisions import host_page
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import MailboxLetter
from app.models.mobilizing.mobilizations import Mobilization, MobilizationStatus
from app.models.mobilizing.sign_ups import Decision, SignUp, SignUpKind
from tests.factories import local, utc
from tests.views.mobilizing.test_sign_ups import filled, link
from tests.views.pages import text

PORTS = {
    "organization_name": "Union of the Ports", "title": "March of the ports", "place": "Bogotá", "starts": "2026-03-20T18:00",
    "duration_minutes": "90", "address": "Plaza Bolívar", "languages": "Spanish", "expected_turnout": "300", "contact": "",
    "notes": "Ramp on the north side", "name": "Eva", "email": "eva@example.org", "phone": "", "agreed": "y",
}  # fmt: skip


@pytest.fixture
def story(house, browse, at):
    at(utc("2026-03-01 12:00"))
    with house.open() as make:
        campaign = make.campaign(slug="water", open_to_sign_ups=True)
        bob, charlie = make.user("Bob"), make.user("Charlie")
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        make.grant(charlie, Role.ORGANIZER, campaign=make.campaign("Another"))
        make.place("BOG")
        make.organization("Union of the Ports", country="CO")
        day = make.day_of_action(
            campaign, local("2026-03-20 18:00"), titles={"en": "Day for water", "pt": "Dia da água"}
        )
        public = f"/c/water/days-of-action/{day.id}"
        here = f"/campaigns/{campaign.id}"
    return {"bob": browse(bob), "charlie": browse(charlie), "here": here, "public": public, "form": f"{public}/host"}


def proposal(house):
    with house.open():
        return db.session.scalars(select(SignUp).where(SignUp.kind == SignUpKind.HOST)).one()


def mobilization(house):
    with house.open():
        return db.session.scalars(select(Mobilization)).one()


def letters(house, at):
    at(clock.now() + timedelta(minutes=11))
    with house.open():
        deliver_due()
        found = db.session.scalars(select(MailboxLetter).order_by(MailboxLetter.id))
        return [(one.subject, one.content.decode().replace("=\r\n", "").replace("=3D", "=")) for one in found]


def propose(house, browse, story, at, *, language="en", **changes):
    """Fill in the public form; with an address, open the link in the email and confirm."""
    host = browse(None)
    form = f"{story['form']}?locale={language}"
    answer = host.post(form, filled(host, form, at, PORTS | changes))
    assert answer.status_code == 302, answer.text
    if not changes.get("phone"):
        assert host.post(link(house), {}).status_code == 302
    return host


def approved(house, browse, story, at, **changes):
    """Have a proposal approved, and return the address of the host's personal link."""
    propose(house, browse, story, at, **changes)
    story["bob"].post(f"{story['here']}/mobilizations/{mobilization(house).id}/approve", {"host": ""})
    with house.open(), house.app.test_request_context():
        page = host_page(db.session.get_one(SignUp, proposal(house).id))
    return page.partition("//")[2].partition("/")[2].join(("/", ""))


def test_a_proposal_is_confirmed_by_email_and_approved_before_anyone_sees_it(story, house, browse, at):
    assert "Host a mobilization" in browse(None).get(f"{story['public']}?locale=en").text
    host = browse(None)
    assert host.post(story["form"], filled(host, story["form"], at, PORTS)).status_code == 302
    with house.open():
        assert db.session.scalars(select(Mobilization)).all() == []
    host.post(link(house), {})
    made = mobilization(house)
    assert (made.status, made.title, made.notes) == (MobilizationStatus.PROPOSED, PORTS["title"], PORTS["notes"])
    assert (made.starts_at, made.timezone) == (utc("2026-03-20 23:00"), "America/Bogota")
    assert "March of the ports" not in host.get(story["public"]).text
    assert host.get(f"/c/water/mobilizations/{made.id}").status_code == 404
    page = f"{story['here']}/mobilizations/{made.id}"
    assert "1 proposed mobilization waits for you." in text(story["bob"].get(story["here"]))
    assert "eva@example.org" in text(story["bob"].get(page))
    asked = story["bob"].get(f"{page}/approve").text
    assert 'value="Union of the Ports"' in asked
    assert story["bob"].post(f"{page}/approve", {"host": "Union of the Ports"}).status_code == 302
    shown = text(host.get(f"{story['public']}?locale=en"))
    assert "March of the ports" in shown
    assert "Plaza Bolívar · Union of the Ports · Spanish" in shown
    assert "proposed mobilization" not in text(story["bob"].get(story["here"]))


def test_the_host_is_told_in_their_language_and_gets_a_personal_link(story, house, browse, at):
    page = approved(house, browse, story, at, language="pt")
    subject, content = letters(house, at)[-1]
    assert subject == "Aceito: Peace and sovereignty"
    assert page in content
    host = browse(None)
    assert "March of the ports" in host.get(page).text
    assert host.edit(f"{page}/edit?locale=en", expected_turnout="450").status_code == 302
    assert mobilization(house).expected_turnout == 450


def test_a_host_who_moves_it_tells_those_who_signed_up(story, house, browse, at):
    page = approved(house, browse, story, at)
    with house.open() as make:
        march = db.session.scalars(select(Mobilization)).one()
        make.sign_up(march.campaign, SignUpKind.ATTEND, about={"mobilization_id": march.id})
        db.session.commit()
    host = browse(None)
    assert "1 person gets an email." in text(host.get(f"{page}/move"))
    assert host.edit(f"{page}/move", starts="2026-03-20T19:00", change_reason="Rain").status_code == 302
    assert mobilization(house).status is MobilizationStatus.MOVED
    changed = [content for subject, content in letters(house, at) if subject.startswith("Changed")]
    assert len(changed) == 1
    assert "ana" in changed[0]
    host.edit(f"{page}/move", change_reason="Heavy rain")
    assert len([1 for subject, _content in letters(house, at) if subject.startswith("Changed")]) == 1
    story["bob"].edit(f"{story['here']}/mobilizations/{mobilization(house).id}/move", starts="2026-03-20T20:00")
    assert [1 for subject, content in letters(house, at) if subject.startswith("Changed") and "eva@" in content]


def test_a_host_reports_the_turnout_once_it_has_begun(story, house, browse, at):
    page = approved(house, browse, story, at)
    host = browse(None)
    assert "Report the turnout" not in host.get(page).text
    assert "It has not begun yet" in text(host.edit(f"{page}/turnout", turnout_least="200"))
    at(utc("2026-03-21 01:00"))
    assert "Report the turnout" in host.get(page).text
    assert host.edit(f"{page}/turnout", turnout_least="200", turnout_most="250").status_code == 302
    assert (mobilization(house).turnout_least, mobilization(house).status) == (200, MobilizationStatus.HELD)


def test_a_declined_proposal_is_told_with_its_reason_and_can_still_be_approved(story, house, browse, at):
    propose(house, browse, story, at)
    made = mobilization(house)
    page = f"{story['here']}/mobilizations/{made.id}"
    assert "This field is required" in text(story["bob"].post(f"{page}/decline", {"reason": ""}))
    assert story["bob"].post(f"{page}/decline", {"reason": "There is one in this town."}).status_code == 302
    assert proposal(house).decision is Decision.DECLINED
    assert story["bob"].get(page).status_code == 404
    story["bob"].post(f"{page}/bring-back")
    assert "Declined before" in text(story["bob"].get(page))
    story["bob"].post(f"{page}/approve", {"host": ""})
    subjects = [subject for subject, _content in letters(house, at) if "Peace and sovereignty" in subject][1:]
    assert subjects == ["Accepted: Peace and sovereignty"]


def test_somebody_with_only_a_phone_number_is_called(story, house, browse, at):
    propose(house, browse, story, at, email="", phone="+57 601 5550100")
    assert "Eva" in text(story["bob"].get(f"{story['here']}/sign-ups/to-call"))
    story["bob"].post(f"{story['here']}/sign-ups/{proposal(house).id}/called", {"outcome": "confirmed"})
    page = f"{story['here']}/mobilizations/{mobilization(house).id}"
    answer = story["bob"].post(f"{page}/approve", {"host": ""})
    assert "Call the host" in text(story["bob"].get(answer.location))
    assert re.search(r"/hosting/[\w.-]+", story["bob"].get(page).text)


def test_a_link_ends_when_it_is_renewed_or_the_proposal_withdrawn(story, house, browse, at):
    page = approved(house, browse, story, at)
    host, made = browse(None), mobilization(house)
    assert host.get(page).status_code == 200
    assert host.get(page[:-3] + "abc").status_code == 404
    story["bob"].post(f"{story['here']}/mobilizations/{made.id}/renew-link")
    assert "no longer works" in text(host.get(page))
    withdrawing = re.search(r"(/sign-up/[\w.-]+)/withdraw", letters(house, at)[-1][1])[1]
    host.post(f"{withdrawing}/withdraw", {})
    assert mobilization(house).status is MobilizationStatus.CONFIRMED
    assert "The proposal was withdrawn" in text(story["bob"].get(f"{story['here']}/mobilizations/{made.id}"))


def test_a_proposal_that_is_withdrawn_before_it_is_decided_disappears(story, house, browse, at):
    host = propose(house, browse, story, at)
    host.post(f"{link(house)}/withdraw", {})
    assert mobilization(house).removed_at is not None


def test_a_time_that_has_passed_or_does_not_exist_is_refused_beside_its_field(story, house, browse, at):
    host, form = browse(None), f"{story['form']}?locale=en"
    past = host.post(form, filled(host, form, at, PORTS | {"starts": "2026-02-20T18:00"}))
    assert "This time has already passed." in text(past)
    assert 'value="March of the ports"' in past.text
    unknown = host.post(form, filled(host, form, at, PORTS | {"place": "Nowhere at all"}))
    assert "is not known" in text(unknown)


def test_nobody_proposes_for_what_is_over_or_closed(story, house, browse, at):
    at(utc("2026-03-22 12:00"))
    assert browse(None).get(story["form"]).status_code == 404
    assert "Host a mobilization" not in browse(None).get(story["public"]).text


def test_charlie_neither_sees_nor_decides_proposals(story, house, browse, at):
    propose(house, browse, story, at)
    page = f"{story['here']}/mobilizations/{mobilization(house).id}"
    for path in (page, f"{page}/approve", f"{page}/decline", f"{page}/renew-link"):
        assert story["charlie"].get(path).status_code == 404
        assert browse(None).get(path).status_code == 302
