"""The pages to compose, review and decide on a digest."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.campaigns import digests
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.campaigns.campaigns import Approval
from app.models.campaigns.digests import Digest, DigestStatus
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.tokens import sign_preferences


class Desk:
    """A campaign with a draft, and a user who works on it."""

    def __init__(self, house, browse, **campaign):
        self.house = house
        with house.open() as make:
            self.campaign = make.campaign(**campaign)
            self.member = make.subscription(self.campaign, languages=["es"])
            original = make.article("Camino", in_language="es", url="https://paper.example/camino")
            make.version(original, "en", url="https://paper.example/road")
            make.cite(original, self.campaign)
            self.alice, self.bob, self.claire = make.user("Alice"), make.user("Bob"), make.user("Claire")
            make.grant(self.alice, campaign=self.campaign)
            make.grant(self.bob, campaign=self.campaign)
            make.grant(self.claire, Role.ORGANIZER, campaign=self.campaign)
        with house.open(), clock.travel(clock.now() + timedelta(minutes=1)), house.app.test_request_context():
            self.digest = digests.compose_now(db.session.merge(self.campaign))
            self.versions = [version.id for item in self.digest.items for version in item.versions]
            self.item = self.digest.items[0].id
        self.path = f"/campaigns/{self.campaign.id}/digests/{self.digest.id}"
        self.browse = browse

    def page(self, user, query=""):
        return html.unescape(self.browse(user).get(self.path + query).get_data(as_text=True))

    def press(self, user, verb, **data):
        answer = self.browse(user).post(f"{self.path}/{verb}", data)
        return answer.status_code, html.unescape(answer.get_data(as_text=True))

    def edit(self, user, **changes):
        typed = self.browse(user).typed(self.path, **changes)
        answer = self.browse(user).post(f"{self.path}/edit", typed)
        return answer.status_code, html.unescape(answer.get_data(as_text=True))

    def revision(self):
        with self.house.open():
            return db.session.get(Digest, self.digest.id).revision

    @property
    def status(self):
        with self.house.open():
            return db.session.get(Digest, self.digest.id).status

    def letters(self):
        with self.house.open():
            queued = select(Delivery).where(Delivery.kind == DeliveryKind.DIGEST, Delivery.withdrawn_at.is_(None))
            return len(db.session.scalars(queued).all())


@pytest.fixture
def desk(house, browse):
    return Desk(house, browse)


def test_the_reviewed_digest_is_approved_and_queued(desk):
    assert "It will go to 1 member." in desk.page(desk.alice)
    assert desk.press(desk.alice, "approve", revision=desk.revision())[0] == 302
    assert (desk.status, desk.letters()) == (DigestStatus.APPROVED, 1)


def test_a_digest_changed_since_the_review_is_not_approved(desk):
    seen = desk.revision()
    keep = {f"keep-{desk.item}": "y", "opening_es": "Compañeras,"}
    assert desk.edit(desk.bob, **keep)[0] == 302
    status, page = desk.press(desk.alice, "approve", revision=seen)
    assert (status, "changed since you viewed it" in page, desk.letters()) == (422, True, 0)
    assert desk.press(desk.alice, "approve")[0] == 422


def test_the_introduction_is_in_the_email_of_its_language(desk):
    spanish, english = desk.versions
    typed = {
        f"keep-{desk.item}": "y", "opening_es": "Compañeras,", "opening_en": "Friends,",
        f"excerpt-{spanish}": "Más corto.", f"excerpt-{english}": "Shorter.", "with_calls": "y",
    }  # fmt: skip
    desk.edit(desk.alice, **typed)
    spanish, english = (desk.page(desk.alice, f"?locale={locale}&scheme=text") for locale in ("es", "en"))
    assert ("Compañeras," in spanish, "Más corto." in spanish, "Camino (en)\n" in spanish) == (True, True, False)
    assert ("Friends,\n" in english, "Shorter." in english, "Camino (en)\n" in english) == (True, True, True)


def test_an_empty_excerpt_is_rejected_and_the_other_input_is_kept(desk):
    spanish, english = desk.versions
    typed = {
        f"keep-{desk.item}": "y",
        "opening_es": "Compañeras,",
        f"excerpt-{spanish}": " ",
        f"excerpt-{english}": "New.",
    }
    status, page = desk.edit(desk.alice, **typed)
    assert (status, "An excerpt is missing" in page) == (422, True)
    assert "Compañeras,</textarea>" in page
    assert "New.</textarea>" in page


def test_a_skipped_time_shows_an_error_on_its_field_and_the_input_is_kept(house, browse):
    desk = Desk(house, browse, timezone="Europe/Madrid")
    typed = {f"keep-{desk.item}": "y", "opening_es": "Compañeras,", "send_at": "2026-03-29T02:30"}
    status, page = desk.edit(desk.alice, **typed)
    assert status == 422
    assert re.search(r"from Mar 29, (2026, )?01:59 to Mar 29, (2026, )?03:00", page)
    assert "Compañeras,</textarea>" in page


def test_the_email_is_previewed_in_light_and_dark_mode(desk):
    light, dark = (
        desk.browse(desk.alice).get(f"{desk.path}/letter/es?scheme={scheme}") for scheme in ("light", "dark")
    )
    assert "@media not all" in light.get_data(as_text=True)
    assert "@media all" in dark.get_data(as_text=True)
    policy = light.headers["Content-Security-Policy"]
    assert "script" not in policy
    assert policy.count("frame-ancestors") == 1
    assert "frame-ancestors 'self'" in policy
    assert desk.browse(desk.alice).get(f"{desk.path}/letter/es?scheme=x").status_code == 404
    assert desk.browse(desk.alice).get(f"{desk.path}/letter/xx").status_code == 404


def test_a_digest_is_proposed_by_one_person_and_approved_by_another(house, browse):
    desk = Desk(house, browse, digest_approval=Approval.SECOND_PERSON)
    assert "Approve and send" not in desk.page(desk.alice)
    assert desk.press(desk.alice, "approve", revision=desk.revision())[0] == 422
    desk.press(desk.alice, "propose", revision=desk.revision())
    page = desk.page(desk.alice)
    assert ("Approve and send" in page, "Proposed by Alice." in page) == (False, True)
    assert desk.press(desk.alice, "approve", revision=desk.revision())[0] == 422
    assert desk.press(desk.bob, "approve", revision=desk.revision())[0] == 302
    assert desk.letters() == 1


def test_a_digest_can_be_stopped_and_resumed(desk):
    desk.press(desk.alice, "approve", revision=desk.revision())
    assert desk.press(desk.alice, "stop")[0] == 302
    assert desk.status == DigestStatus.STOPPED
    assert "0 sent, 0 in flight, 1 withdrawn." in desk.page(desk.alice)
    assert desk.press(desk.alice, "resume")[0] == 302
    assert (desk.status, desk.letters()) == (DigestStatus.APPROVED, 1)


def test_a_digest_can_be_paused(desk):
    desk.press(desk.alice, "approve", revision=desk.revision())
    assert desk.press(desk.alice, "pause")[0] == 302
    page = desk.page(desk.alice)
    assert "0 sent, 0 in flight, 1 held." in page
    assert "Resume sending" in page
    assert "Pause sending" not in page
    assert desk.status == DigestStatus.PAUSED
    assert desk.press(desk.alice, "stop")[0] == 302
    assert "1 withdrawn" in desk.page(desk.alice)


def test_an_organizer_can_see_a_digest_but_not_decide_on_it(desk):
    assert "Approve and send" not in desk.page(desk.claire)
    for verb in ("edit", "propose", "approve", "discard", "pause", "stop", "resume", "test/es"):
        assert desk.press(desk.claire, verb, revision=1)[0] == 403


def test_a_member_edits_preferences_without_an_account_and_unsubscribes_from_one_or_all(house, browse):
    with house.open() as make:
        one, other = make.campaign("One"), make.campaign("Another")
        here, there = (make.subscription(campaign, "ana@example.org") for campaign in (one, other))
        stranger = make.subscription(other, "eva@example.org")
    token = sign_preferences(house.app.config["SECRET_KEY"], one.id, here.id, here.link_number)
    chosen = {
        "language": "pt", "second_language": "es", "third_language": "", "frequency": "monthly", "weekday": "2",
        "hour": "19", "timezone": "America/Sao_Paulo",
    }  # fmt: skip
    assert browse().post(f"/preferences/{token}", chosen).status_code == 302
    page = html.unescape(browse().get(f"/preferences/{token}").get_data(as_text=True))
    assert ("Another" in page, "eva@example.org" in page) == (True, False)
    with house.open():
        here = db.session.get(type(here), here.id)
        assert (here.reads, here.frequency.value, here.hour) == (["pt", "es"], "monthly", 19)
        assert here.next_letter_at.hour == 22  # São Paulo is three hours behind
    assert browse().post(f"/preferences/{token}/unsubscribe-all").status_code == 200
    with house.open():
        left = [db.session.get(type(here), one.id).status.value for one in (here, there, stranger)]
    assert left == ["unsubscribed", "unsubscribed", "confirmed"]


def test_invalid_preferences_are_rejected(house, browse):
    with house.open() as make:
        campaign = make.campaign()
        member = make.subscription(campaign)
    token = sign_preferences(house.app.config["SECRET_KEY"], campaign.id, member.id, member.link_number)
    sane = {"language": "es", "frequency": "weekly", "weekday": "2", "hour": "19", "timezone": "Europe/Madrid"}
    wrong = [
        ("frequency", "never"),
        ("frequency", "x"),
        ("weekday", "7"),
        ("hour", "24"),
        ("timezone", "Mars/Base"),
        ("language", "xx"),
    ]
    for field, value in wrong:
        assert browse().post(f"/preferences/{token}", sane | {field: value}).status_code == 422, (field, value)


def test_the_archive_shows_sent_digests_if_the_campaign_allows_it(house, browse):
    desk = Desk(house, browse, public_archive=True)
    here = f"/c/{desk.campaign.slug}/digests"
    assert browse().get(f"{here}/{desk.digest.id}").status_code == 404  # a draft is not public
    desk.press(desk.alice, "approve", revision=desk.revision())
    assert browse().get(f"{here}/{desk.digest.id}").status_code == 404  # nothing has been sent yet
    with house.open():
        deliver_due()
    page = html.unescape(browse().get(f"{here}/{desk.digest.id}?locale=en").get_data(as_text=True))
    assert "Camino (en)" in page
    assert "member" not in page.split("<main")[1].split("</main>")[0]
    assert browse().get(here).status_code == 200
    with house.open() as make:
        make.campaign("Closed", slug="closed")
        desk.campaign = db.session.merge(desk.campaign)
        desk.campaign.public_archive = False
    assert browse().get("/c/closed/digests").status_code == 404
    assert browse().get(f"{here}/{desk.digest.id}").status_code == 404


def test_a_call_to_action_is_in_the_email_in_the_members_time_zone_until_it_is_over(desk):
    at = (clock.now() + timedelta(days=2)).replace(hour=15, minute=0)
    call = {
        "title_es": "Concentración en la plaza", "details_es": "Con banderas.", "title_en": "", "url": "",
        "starts_at": f"{at:%Y-%m-%dT%H:%M}", "timezone": "America/Caracas", "last_day": "",
    }  # fmt: skip
    new = desk.browse(desk.alice).post(f"/campaigns/{desk.campaign.id}/calls/new", call)
    assert new.status_code == 302
    letter = desk.page(desk.alice, "?locale=en&scheme=text")
    assert ("Concentración en la plaza" in letter, "15:00 (Caracas)" in letter) == (True, True)
    empty = desk.browse(desk.alice).post(f"/campaigns/{desk.campaign.id}/calls/new", call | {"title_es": ""})
    assert empty.status_code == 422
    with clock.travel(at + timedelta(days=1)):
        assert "Concentración" not in desk.page(desk.alice, "?locale=es&scheme=text")


def test_the_decision_buttons_are_below_the_email(desk):
    page = desk.page(desk.alice)
    assert page.index("<iframe") < page.index("Approve and send") < page.index("Discard")
    assert 'href="#decide"' in page
    assert 'id="decide"' in page


def test_waiting_emails_are_shown_as_work_in_progress(desk):
    assert "Refresh" not in desk.browse(desk.alice).get(desk.path).headers
    desk.press(desk.alice, "approve", revision=desk.revision())
    waiting = desk.browse(desk.alice).get(desk.path)
    assert int(waiting.headers["Refresh"]) > 0
    assert '<progress value="0" max="1"' in waiting.get_data(as_text=True)
    assert "○ waiting" in waiting.get_data(as_text=True)
