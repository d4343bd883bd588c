"""What a person was sent, and what a member sees of it."""

from app import clock, tokens
from app.domain.mail import attempts, deliveries
from app.domain.people import participations
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import Delivery, DeliveryKind
from tests.claims import claim_email, record_sent
from tests.domain.mail.test_holds import LEASE
from tests.views.pages import text


def test_organizers_see_what_a_person_was_sent_where_they_work_and_coordinators_also_as_a_subscriber(house, browse):
    with house.open() as make:
        here, there, campaign = make.congress("Here"), make.congress("There"), make.campaign("Peace")
        bob, claire, dora = make.user("Bob"), make.user("Claire"), make.user("Dora")
        make.grant(bob, Role.ORGANIZER, congress=here)
        make.grant(claire, Role.COORDINATOR, congress=here)
        make.grant(claire, Role.COORDINATOR, campaign=campaign)
        make.grant(dora, Role.ORGANIZER, congress=there)
        rosa = make.person("Rosa", "Luz", congress=here, email="rosa@example.org")
        participations.begin(rosa, campaign_id=campaign.id)
        own = make.mailing(make.segment(congress=here, name="One"), subject="Ours")
        other = make.mailing(make.segment(congress=there, name="Two"), subject="Theirs")
        for mailing in (own, other):
            deliveries.queue_mailing(mailing, [rosa.id])
        member = make.subscription(campaign, "rosa@example.org")
        deliveries.queue(DeliveryKind.MEMBER_LINK, subscription=member, occasion="one", due_at=clock.now())
        db.session.commit()
        record_sent(db.session.query(Delivery.id).filter_by(mailing_id=own.id).scalar())
        page = f"/people/{rosa.id}/emails"
    shown = text(browse(bob).get(page))
    assert "Ours" in shown
    assert "handed over to the mail server" in shown
    assert "Theirs" not in shown
    assert "Peace" not in shown
    assert "subscription to Peace" in text(browse(claire).get(page))
    assert browse(dora).get(page).status_code == 404


def test_a_member_sees_the_emails_that_were_sent_to_the_own_address(house, browse):
    with house.open() as make:
        campaign = make.campaign("Peace")
        member, other = make.subscription(campaign, "rosa@example.org"), make.subscription(campaign, "ana@example.org")
        for one in (member, other):
            deliveries.queue(DeliveryKind.ADDRESS_CHANGED, subscription=one, occasion="one", due_at=clock.now())
        db.session.commit()
        mine = db.session.query(Delivery).filter_by(subscription_id=member.id, kind="address_changed").one()
        attempts.give_up(mine.id, claim_email(mine.id, LEASE), "550 no such user")
        db.session.commit()
        secret = house.app.config["SECRET_KEY"]
        link = tokens.sign_preferences(secret, campaign.id, member.id, member.link_number)
    visitor = browse(None)
    opened = visitor.get(f"/preferences/{link}", follow_redirects=True)
    shown = text(opened)
    assert "Emails that were sent to you" in shown
    assert "Notice of a new address" in shown
    assert "could not be delivered" in shown
    assert "no such user" not in shown
