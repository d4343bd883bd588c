"""Pages opened by emailed links, without cookies."""

import html
import re
import sqlite3
from email import message_from_bytes
from email.policy import default
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from app import tokens
from app.domain.accounts import accounts
from app.domain.campaigns import subscriptions
from app.domain.congress import delegations
from app.domain.travel import check_ins
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Campaign, Frequency
from app.models.campaigns.subscriptions import Subscription, SubscriptionRequest, SubscriptionStatus
from app.models.congress.delegations import Delegate
from app.models.mail.deliveries import MailboxLetter
from app.models.travel.check_ins import Answer, CheckIn
from app.models.travel.journeys import Leg, LegStatus
from app.web import cookieless
from tests.factories import going_on

NOTE = "The bus is stopped at the bridge, we are twelve"


class Visitor:
    """A client that accepts no cookies and submits the forms on pages."""

    def __init__(self, app):
        self.client = app.test_client(use_cookies=False)

    def get(self, path):
        return self._checked(self.client.get(path, headers={"Accept-Language": "en"}))

    def post(self, path, data):
        return self._checked(self.client.post(path, data=data, headers={"Accept-Language": "en"}))

    def send(self, page, action, **typed):
        """Submit the form whose action ends with `action`, with its current values and the given ones."""
        return self.post(*form(page, action, **typed))

    def follow(self, answer):
        assert answer.status_code == 302, answer.text
        return self.get(answer.location)

    def _checked(self, answer):
        """Check that nobody is sent to the sign-in page and nothing is stored in the browser."""
        assert "Set-Cookie" not in answer.headers
        assert "/sign-in" not in (answer.location or "")
        assert "Sign in" not in re.sub(r"Sign in with it", "", text(answer))
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] in ("no-referrer", "same-origin")
        return answer


def text(answer):
    return html.unescape(answer.get_data(as_text=True))


def form(page, action, **typed):
    path = page.request.path
    for attributes, inside in re.findall(r"<form([^>]*)>(.*?)</form>", page.get_data(as_text=True), re.DOTALL):
        target = html.unescape(re.search(r'action="([^"]*)"', attributes)[1]) if "action=" in attributes else path
        if 'method="post"' in attributes and target.partition("?")[0].endswith(action):
            hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inside)
            return target, {name: html.unescape(value) for name, value in hidden} | typed
    raise AssertionError(f"no form to {action} on {path}")


@pytest.fixture
def visitor(house, monkeypatch):
    """A visitor without cookies, with CSRF protection as in production."""
    monkeypatch.setitem(house.app.config, "WTF_CSRF_ENABLED", True)
    return Visitor(house.app)


@pytest.fixture
def world(house):
    """A delegate who was asked, a member of two campaigns, a pending subscription, and an invited account."""
    with house.open() as make:
        congress, secret = make.congress(**going_on()), house.app.config["SECRET_KEY"]
        delegation = make.delegation(congress, delegates=0)
        seat = make.seat(delegation, make.person("Rosa", congress=congress, preferred_language="en"))
        leg, problem = make.leg(delegation), make.problem(congress)
        check_ins.ask(problem)
        campaigns = [make.campaign("Winter"), make.campaign("Spring")]
        members = [make.subscription(campaign, "ana@example.org", language="en") for campaign in campaigns]
        asking = subscriptions.request(
            campaigns[0],
            email="new@example.org",
            preferences=subscriptions.default_preferences(campaigns[0], ["en"]),
            consent_text="Yes.",
        )
        user = make.user("Inés")
        return SimpleNamespace(
            asked=db.session.query(CheckIn).one().id, leg=leg.id, user=user.id, delegate=seat.id,
            slug=campaigns[0].slug, campaign=campaigns[0].id, member=members[0].id, asking=asking.id,
            here=f"/here/{tokens.sign_delegate_link(secret, seat)}",
            token=tokens.sign_preferences(secret, campaigns[0].id, members[0].id, members[0].link_number),
            leave=tokens.sign_subscription(secret, campaigns[0].id, members[0].id, members[0].link_number),
            unconfirmed=tokens.sign_request(secret, db.session.query(SubscriptionRequest).filter_by(subscription_id=asking.id).one()),
            password=f"/password/{tokens.sign_password_link(secret, user)}",
        )  # fmt: skip


def kept(house, kind, number):
    with house.open():
        return db.session.get(kind, number)


def test_a_call_for_help_is_recorded_and_confirmed(house, visitor, world):
    answer = visitor.send(visitor.get(world.here), f"/answer/{world.asked}", answer="need_help", note=NOTE)
    assert "Thank you" in text(visitor.follow(answer))
    asked = kept(house, CheckIn, world.asked)
    assert (asked.answer, asked.note) == (Answer.NEED_HELP, NOTE)


def test_an_arrival_can_be_recorded_and_undone_with_a_message_each_time(house, visitor, world):
    said = visitor.follow(visitor.send(visitor.get(world.here), f"/arrived/{world.leg}"))
    assert "Recorded: arrived in" in text(said)
    assert kept(house, Leg, world.leg).status is LegStatus.DONE
    again = visitor.follow(visitor.send(said, f"/mistaken/{world.leg}"))
    assert "Undone" in text(again)
    assert "Noted" not in text(again)


def test_a_form_sent_twice_is_stored_once_with_a_message(house, visitor, world):
    path, data = form(visitor.get(world.here), f"/answer/{world.asked}", answer="safe")
    visitor.post(path, data)
    first = kept(house, CheckIn, world.asked).answered_at
    assert "already been saved" in text(visitor.follow(visitor.post(path, data)))
    assert kept(house, CheckIn, world.asked).answered_at == first


def test_a_member_confirms_edits_preferences_and_unsubscribes(house, visitor, world):
    confirmed = visitor.follow(visitor.send(visitor.get(f"/confirm/{world.unconfirmed}"), ""))
    assert "You are subscribed" in text(confirmed)
    page = visitor.get(f"/preferences/{world.token}")
    typed = {"language": "pt", "frequency": "daily", "weekday": "0", "hour": "9", "timezone": "America/Caracas"}
    page = visitor.follow(visitor.send(page, f"/preferences/{world.token}", **typed))
    assert kept(house, Subscription, world.member).frequency is Frequency.DAILY
    visitor.send(visitor.get(f"/unsubscribe/{world.leave}"), f"/unsubscribe/{world.leave}")
    assert kept(house, Subscription, world.member).status is SubscriptionStatus.UNSUBSCRIBED


def test_a_member_unsubscribes_from_all_campaigns_at_once(house, visitor, world):
    answer = visitor.send(visitor.get(f"/preferences/{world.token}"), "/unsubscribe-all")
    assert answer.status_code == 200
    with house.open():
        left = db.session.query(Subscription).filter_by(email="ana@example.org")
        assert {one.status for one in left} == {SubscriptionStatus.UNSUBSCRIBED}


def test_a_new_subscriber_is_asked_to_check_their_email(house, visitor, world):
    typed = {"email": "zoe@example.org", "language": "en", "frequency": "weekly", "agreed": "y"}
    answer = visitor.follow(visitor.send(visitor.get(f"/c/{world.slug}"), f"/c/{world.slug}", **typed))
    assert answer.status_code == 200
    with house.open():
        assert db.session.query(Subscription).filter_by(email="zoe@example.org").one().languages == "en"


def test_choosing_a_password_leads_to_the_sign_in_page_with_a_message(house, visitor, world):
    answer = visitor.send(visitor.get(world.password), world.password, password="correct horse battery")
    assert answer.location.startswith("/sign-in?")
    assert "Your password has been set" in text(visitor.client.get(answer.location))
    assert kept(house, User, world.user).password_hash


@pytest.fixture(autouse=True)
def _sign_in_may_follow_a_password(request, monkeypatch):
    """After choosing a password, and only then, signing in is expected."""
    if "password" in request.node.name:
        monkeypatch.setattr(Visitor, "_checked", lambda _self, answer: answer)


STALE = [
    ("here", lambda house, world: delegations.renew_link(db.session.get_one(Delegate, world.delegate))),
    ("here", lambda house, world: delegations.remove_delegate(db.session.get_one(Delegate, world.delegate))),
    ("token", lambda house, world: db.session.delete(db.session.get_one(Campaign, world.campaign))),
    ("word", lambda house, world: accounts.set_password(db.session.get_one(User, world.user), "another long password")),
]


@pytest.mark.parametrize("number", range(len(STALE)))
def test_an_expired_link_explains_what_to_do(house, visitor, world, number):
    kind, change = STALE[number]
    with house.open():
        change(house, world)
    paths = {
        "here": [world.here, f"{world.here}/answer/{world.asked}"],
        "token": [f"/{page}/{world.token}" for page in ("confirm", "preferences", "unsubscribe")],
        "word": [],
    }[kind]
    for path in paths:
        for answer in (visitor.get(path), visitor.post(path, {"note": NOTE, "answer": "safe"})):
            if answer.status_code != 405:
                assert (answer.status_code, "This link no longer works" in text(answer)) == (404, True), path
    if kind == "word":
        answer = visitor.client.get(world.password, headers={"Accept-Language": "en"})
        assert (answer.status_code, "This link no longer works" in text(answer)) == (410, True)


def test_opening_the_address_of_a_form_leads_back_to_the_page_of_the_link(visitor, world):
    answer = visitor.get(f"{world.here}/answer/{world.asked}")
    assert answer.status_code == 405
    assert f'href="{world.here}"' in text(answer)
    assert visitor.get(f"{world.here}/nowhere").status_code == 404


def test_a_replaced_link_shows_its_page_in_the_delegates_language(house, visitor, world):
    with house.open():
        delegate = db.session.get_one(Delegate, world.delegate)
        delegate.person.preferred_language = "es"
        delegations.renew_link(delegate)
    assert '<html lang="es"' in text(visitor.client.get(world.here, headers={"Accept-Language": "en"}))


@pytest.mark.parametrize("spoil", ["none", "invented", "of another page", "too old"])
def test_a_form_without_a_valid_token_changes_nothing_and_can_be_sent_again(house, visitor, world, at, spoil):
    other = form(visitor.get(f"/preferences/{world.token}"), f"/preferences/{world.token}")[1]["csrf_token"]
    path, data = form(visitor.get(world.here), f"/answer/{world.asked}", answer="need_help", note=NOTE)
    if spoil == "too old":
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cookieless, "FORM_SECONDS", -1)
            answer = visitor.post(path, data)
    else:
        data["csrf_token"] = {"none": "", "invented": "x.y.z", "of another page": other}[spoil]
        answer = visitor.post(path, data)
    assert answer.status_code == 400
    assert kept(house, CheckIn, world.asked).answer is None
    sent = visitor.send(answer, f"/answer/{world.asked}")
    assert "Thank you" in text(visitor.follow(sent))
    assert kept(house, CheckIn, world.asked).note == NOTE


@pytest.mark.parametrize("when", ["at-once", "while-saving"])
def test_input_survives_a_locked_database(house, visitor, world, monkeypatch, when):
    def locked(*_args, **_kwargs):
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise OperationalError("UPDATE", {}, error)

    path, data = form(visitor.get(world.here), f"/answer/{world.asked}", answer="need_help", note=NOTE)
    with monkeypatch.context() as patch:
        if when == "at-once":
            patch.setattr("app.views.congress.personal.delegations.delegates", locked)
        else:
            patch.setattr("app.views.congress.personal.check_ins.answer", locked)
        answer = visitor.post(path, data)
    assert answer.status_code == 503
    visitor.send(answer, f"/answer/{world.asked}")
    assert kept(house, CheckIn, world.asked).note == NOTE


def test_input_survives_an_internal_error(house, visitor, world, monkeypatch):
    path, data = form(visitor.get(world.here), f"/answer/{world.asked}", answer="need_help", note=NOTE)
    monkeypatch.setitem(house.app.config, "PROPAGATE_EXCEPTIONS", False)
    with monkeypatch.context() as patch:
        patch.setattr("app.views.congress.personal.check_ins.answer", lambda *_: 1 / 0)
        answer = visitor.post(path, data)
    assert answer.status_code == 500
    visitor.send(answer, f"/answer/{world.asked}")
    assert kept(house, CheckIn, world.asked).note == NOTE


def test_input_survives_validation_errors_and_rate_limits(house, visitor, world, monkeypatch):
    answer = visitor.send(visitor.get(world.here), f"/answer/{world.asked}", answer="safe", note="x" * 1001)
    assert (answer.status_code, "x" * 1001 in text(answer)) == (422, True)
    monkeypatch.setattr("app.web.rate_limits.too_often", lambda *_: True)
    typed = {"email": "zoe@example.org", "language": "en", "frequency": "weekly", "agreed": "y"}
    answer = visitor.send(visitor.get(f"/c/{world.slug}"), f"/c/{world.slug}", **typed)
    assert (answer.status_code, "zoe@example.org" in text(answer)) == (429, True)


@pytest.mark.parametrize(
    "path", ["/preferences/{token}", "/confirm/{unconfirmed}", "/unsubscribe/{leave}", "/wishes/{leave}", "/c/{slug}"]
)
def test_the_chosen_language_is_kept_without_a_cookie(visitor, world, path):
    page = visitor.get(path.format(**vars(world)))
    (link,) = re.findall(r'<a href="([^"]+)" lang="pt"', page.get_data(as_text=True))
    page = visitor.get(html.unescape(link))
    assert '<html lang="pt"' in text(page)
    own = [
        url
        for url in re.findall(r'(?:href|action)="(/[^"]*)"', text(page))
        if "static" not in url and "lang=" not in url
    ]
    assert own == [] or all("locale=" in url for url in own)


def test_the_chosen_language_is_kept_after_a_form_is_sent(visitor, world):
    page = visitor.get(f"{world.here}?locale=es")
    answer = visitor.send(page, f"/answer/{world.asked}", answer="safe")
    assert '<html lang="es"' in text(visitor.follow(answer))
    wrong = visitor.send(page, f"/answer/{world.asked}", answer="", note=NOTE)
    assert '<html lang="es"' in text(wrong)
    assert f'href="{world.here}?locale=en"' in text(wrong)


def test_the_page_of_a_link_ignores_the_session_and_acts_for_the_recipient_of_the_link(house, browse, world):
    with house.open() as make:
        make.grant(db.session.get_one(User, world.user))
    page = browse(kept(house, User, world.user)).get(world.here)
    assert "Hello Rosa" in text(page)
    assert "Sign out" not in text(page)


def test_messages_cannot_be_forged_and_expire(visitor, world, at):
    assert "Noted" not in text(visitor.get(f"{world.here}?messages=WyJOb3RlZCJd.x.y"))
    answer = visitor.send(visitor.get(world.here), f"/arrived/{world.leg}")
    assert "Recorded: arrived in" in text(visitor.get(answer.location))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cookieless, "MESSAGE_SECONDS", -1)
        assert "Noted" not in text(visitor.get(answer.location))


def test_every_page_under_a_token_works_without_cookies(app):
    under_token = {rule.endpoint for rule in app.url_map.iter_rules() if "token" in rule.arguments}
    under_token -= {"accounts.first_admin"}  # signs in at once, which needs a cookie; no email links to it
    assert len(under_token) >= 12
    assert {one for one in under_token if not getattr(app.view_functions[one], "cookieless", False)} == set()


def test_the_sign_in_page_says_that_it_needs_a_cookie(house, visitor):
    page = visitor.client.get("/sign-in", headers={"Accept-Language": "en"})
    path, data = form(page, "/sign-in", email="ana@example.org", password="correct horse battery")
    answer = visitor.client.post(path, data=data, headers={"Accept-Language": "en"})
    assert "allow this site to set a cookie" in text(answer)


def last_letter(house, address):
    """Send what is due and return the text of the last email to an address."""
    with house.open():
        deliver_due()
        found = db.session.query(MailboxLetter).filter_by(recipient=address).order_by(MailboxLetter.id.desc()).first()
        return message_from_bytes(found.content, policy=default).get_body(("plain",)).get_content() if found else ""


def linked(house, address, page):
    return re.search(rf"http://encuentro\.test(/{page}/\S+)", last_letter(house, address))[1]


def test_a_member_can_change_their_address_and_undo_it_from_the_old_one(house, visitor, world):
    page = visitor.get(f"/preferences/{world.token}/address")
    said = visitor.follow(visitor.send(page, "/address", email="mailto:New@Example.org"))
    assert "We have sent an email" in text(said)
    link = linked(house, "new@example.org", "address")
    assert kept(house, Subscription, world.member).email == "ana@example.org"
    done = visitor.follow(visitor.send(visitor.get(link), link))
    assert "Your address has been changed" in text(done)
    assert kept(house, Subscription, world.member).email == "new@example.org"
    back = linked(house, "ana@example.org", "address-back")
    assert visitor.get(back).status_code == 200
    assert kept(house, Subscription, world.member).email == "new@example.org"
    undone = visitor.follow(visitor.send(visitor.get(back), back))
    assert "The change has been undone" in text(undone)
    assert kept(house, Subscription, world.member).email == "ana@example.org"


def test_links_from_before_a_change_of_address_show_nothing_but_still_unsubscribe(house, visitor, world):
    visitor.send(visitor.get(f"/preferences/{world.token}/address"), "/address", email="new@example.org")
    link = linked(house, "new@example.org", "address")
    visitor.send(visitor.get(link), link)
    for page in (f"/preferences/{world.token}", f"/preferences/{world.token}/address"):
        assert visitor.get(page).status_code == 404
    page = visitor.get(f"/unsubscribe/{world.leave}")
    assert "new@example.org" not in text(page)
    visitor.send(page, f"/unsubscribe/{world.leave}")
    assert kept(house, Subscription, world.member).status is SubscriptionStatus.UNSUBSCRIBED


def test_a_link_to_a_new_address_expires_and_is_rejected_for_other_purposes(house, visitor, world):
    visitor.send(visitor.get(f"/preferences/{world.token}/address"), "/address", email="new@example.org")
    link = linked(house, "new@example.org", "address")
    assert visitor.get(link.replace("/address/", "/address-back/")).status_code == 404
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "CHANGE_SECONDS", -1)
        assert visitor.get(link).status_code == 404
    visitor.send(visitor.get(f"/unsubscribe/{world.leave}"), f"/unsubscribe/{world.leave}")
    assert visitor.get(link).status_code == 404


def test_the_page_does_not_reveal_whether_the_new_address_is_subscribed(house, visitor, world):
    answers = set()
    for email in ("new@example.org", "nobody@example.org"):  # the first one has a pending request
        page = visitor.get(f"/preferences/{world.token}/address")
        answer = visitor.follow(visitor.send(page, "/address", email=email))
        answers.add(re.sub(r'(value|href|action)="[^"]*"', "", text(answer)))
    assert len(answers) == 1


def test_emails_to_a_new_address_are_limited(house, visitor, world):
    for _ in range(4):
        visitor.send(visitor.get(f"/preferences/{world.token}/address"), "/address", email="new@example.org")
        last_letter(house, "new@example.org")
    with house.open():
        assert db.session.query(MailboxLetter).filter_by(recipient="new@example.org").count() == 3 + 1
    for _ in range(2):
        answer = visitor.send(visitor.get(f"/preferences/{world.token}/address"), "/address", email="x@example.org")
    assert (answer.status_code, "x@example.org" in text(answer)) == (429, True)


def test_a_member_who_has_lost_all_emails_can_subscribe_again_and_unsubscribe(house, visitor, world):
    typed = {"email": "ana@example.org", "language": "fr", "frequency": "weekly", "agreed": "y"}
    visitor.send(visitor.get(f"/c/{world.slug}"), f"/c/{world.slug}", **typed)
    link = linked(house, "ana@example.org", "preferences")
    assert kept(house, Subscription, world.member).languages == "en"
    page = visitor.get(link)
    leave = re.search(r'href="(/unsubscribe/[^"]+)"', text(page))[1]
    visitor.send(visitor.get(leave), leave)
    assert kept(house, Subscription, world.member).status is SubscriptionStatus.UNSUBSCRIBED


def test_a_link_in_a_forwarded_digest_only_ends_the_subscription_and_shows_neither_address_nor_campaigns(
    house, visitor, world
):
    with house.open() as make:
        campaign = make.campaign("Another campaign", open_to_subscribers=True)
        make.subscription(campaign, "ana@example.org")
    for path in (f"/unsubscribe/{world.leave}", f"/wishes/{world.leave}", f"/preferences/{world.leave}"):
        page = text(visitor.get(path))
        assert "ana@example.org" not in page
        assert "Another campaign" not in page
    assert visitor.get(f"/preferences/{world.leave}").status_code == 404
    assert visitor.get(f"/confirm/{world.leave}").status_code == 404
    left = visitor.send(visitor.get(f"/unsubscribe/{world.leave}"), f"/unsubscribe/{world.leave}")
    assert "ana@example.org" not in text(left)
    assert kept(house, Subscription, world.member).status is SubscriptionStatus.UNSUBSCRIBED


def test_changing_wishes_takes_a_fresh_link_by_email_which_works_for_an_hour(house, visitor, world):
    page = visitor.get(f"/wishes/{world.leave}")
    said = visitor.follow(visitor.send(page, f"/wishes/{world.leave}"))
    assert "an email with the link is on its way" in text(said)
    visitor.send(page, f"/wishes/{world.leave}")
    with house.open():
        deliver_due()
        assert db.session.query(MailboxLetter).filter_by(recipient="ana@example.org").count() == 1
    link = linked(house, "ana@example.org", "preferences")
    assert "ana@example.org" in text(visitor.get(link))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "PREFERENCES_SECONDS", -1)
        over = visitor.get(link)
        assert (over.status_code, "ana@example.org" in text(over)) == (404, False)
        [again] = re.findall(r'href="(/wishes/[^"]+)"', text(over))
    assert visitor.get(again).status_code == 200


def test_asking_for_a_link_tells_nothing_about_an_ended_subscription(house, visitor, world):
    visitor.send(visitor.get(f"/unsubscribe/{world.leave}"), f"/unsubscribe/{world.leave}")
    page = visitor.get(f"/wishes/{world.leave}")
    said = visitor.follow(visitor.send(page, f"/wishes/{world.leave}"))
    assert "an email with the link is on its way" in text(said)
    with house.open():
        deliver_due()
        assert db.session.query(MailboxLetter).filter_by(recipient="ana@example.org").count() == 0


def test_each_email_confirms_what_its_page_shows(house, visitor, world):
    typed = {"email": "zoe@example.org", "frequency": "weekly", "agreed": "y"}
    visitor.send(visitor.get(f"/c/{world.slug}"), f"/c/{world.slug}", language="en", **typed)
    mine = linked(house, "zoe@example.org", "confirm")
    visitor.send(visitor.get(f"/c/{world.slug}"), f"/c/{world.slug}", language="pt", **typed)
    other = linked(house, "zoe@example.org", "confirm")
    assert other != mine
    assert "English" in text(visitor.get(mine))
    assert '<html lang="pt"' in text(visitor.get(other))
    visitor.send(visitor.get(mine), mine)
    with house.open():
        assert db.session.query(Subscription).filter_by(email="zoe@example.org").one().languages == "en"
    assert "You are subscribed" in text(visitor.get(mine))
