"""Sign-ups: asked for, confirmed, withdrawn, and deleted."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.domain.mobilizing import sign_ups
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.mail.deliveries import MailboxLetter
from app.models.mobilizing.sign_ups import CallOutcome, Mandate, SignUp
from app.queries.mobilizing import sign_ups as sign_up_queries

EMAIL = "ana@example.org"


@pytest.fixture
def campaign(make):
    return make.campaign(open_to_sign_ups=True)


def letters():
    deliver_due()
    return db.session.scalar(select(func.count()).select_from(MailboxLetter))


def test_a_request_counts_once_it_is_confirmed(make, campaign):
    sign_up = make.sign_up(campaign, email=EMAIL, confirmed=False)
    assert not sign_up.is_confirmed
    assert sign_ups.confirm(sign_up)
    assert sign_up.is_confirmed
    assert not sign_ups.confirm(sign_up)


def test_confirming_a_second_request_of_the_same_address_changes_nothing(make, campaign):
    first = make.sign_up(campaign, email=EMAIL, name="Ana")
    second = make.sign_up(campaign, email=EMAIL, name="Someone else", confirmed=False)
    assert not sign_ups.confirm(second)
    assert not second.is_confirmed
    assert (first.name, sign_up_queries.standing_like(second)) == ("Ana", first)


def test_a_withdrawn_sign_up_can_be_given_anew(make, campaign):
    sign_ups.withdraw(make.sign_up(campaign, email=EMAIL))
    again = make.sign_up(campaign, email=EMAIL)
    assert again.is_confirmed
    assert [one.confirmed for one in sign_up_queries.counts(campaign.id)] == [1]


def test_withdrawing_what_nobody_confirmed_deletes_it(make, campaign):
    sign_up = make.sign_up(campaign, confirmed=False)
    sign_ups.withdraw(sign_up)
    assert db.session.scalar(select(SignUp)) is None


def test_the_same_request_within_an_hour_is_recorded_once(make, campaign):
    values = {"email": EMAIL, "name": "Ana", "confirmed": False}
    make.sign_up(campaign, **values)
    assert make.sign_up(campaign, **values) is None
    assert letters() == 1


def test_nobody_can_fill_a_mailbox(make, campaign):
    for number in range(sign_ups.MOST_LETTERS_A_DAY + 3):
        make.sign_up(campaign, email=EMAIL, name=f"Ana {number}", confirmed=False)
    assert letters() == sign_ups.MOST_LETTERS_A_DAY


def test_one_second_email_follows_after_three_days_and_never_a_third(make, campaign, at):
    now = clock.now()
    at(now)
    make.sign_up(campaign, email=EMAIL, name="Ana", confirmed=False)
    make.sign_up(campaign, email=EMAIL, name="Ana María", confirmed=False)
    confirmed = make.sign_up(campaign)
    assert confirmed.is_confirmed
    assert letters() == 2
    at(now + timedelta(days=2, hours=23))
    assert letters() == 2
    at(now + timedelta(days=3, minutes=1))
    assert letters() == 3
    at(now + timedelta(days=29))
    assert letters() == 3
    assert sign_up_queries.unanswered(campaign.id) == 1


def test_personal_data_is_deleted_after_thirty_days(make, campaign, at):
    now = clock.now()
    at(now)
    make.sign_up(campaign, confirmed=False)
    kept, withdrawn = make.sign_up(campaign), make.sign_up(campaign, phone="+57 601 5550100")
    sign_ups.withdraw(withdrawn)
    at(now + sign_ups.KEPT_FOR - timedelta(minutes=1))
    sign_ups.sweep()
    assert db.session.scalar(select(func.count()).select_from(SignUp)) == 3
    at(now + sign_ups.KEPT_FOR + timedelta(minutes=1))
    sign_ups.sweep()
    db.session.expire_all()
    assert set(db.session.scalars(select(SignUp))) == {kept, withdrawn}
    assert (withdrawn.name, withdrawn.email, withdrawn.phone) == ("", None, None)
    assert kept.email


def test_someone_without_an_email_address_is_called(make, campaign):
    user = make.user()
    sign_up = make.sign_up(campaign, email=None, phone="+57 601 5550100", confirmed=False)
    assert letters() == 0
    sign_ups.record_call(sign_up, CallOutcome.NOT_REACHED, by=user)
    assert sign_up_queries.to_call(campaign.id, 1).rows == [sign_up]
    sign_ups.record_call(sign_up, CallOutcome.CONFIRMED, by=user)
    assert sign_up.is_confirmed
    assert sign_up_queries.to_call(campaign.id, 1).total == 0
    with pytest.raises(DomainError):
        sign_ups.record_call(sign_up, CallOutcome.DECLINED, by=user)


def test_someone_who_does_not_want_to_is_not_called_again(make, campaign):
    sign_up = make.sign_up(campaign, email=None, phone="+57 601 5550100", confirmed=False)
    sign_ups.record_call(sign_up, CallOutcome.DECLINED, by=make.user())
    assert sign_up_queries.to_call(campaign.id, 1).total == 0
    assert not sign_up.is_confirmed


def test_the_same_phone_number_counts_once(make, campaign):
    phone = {"email": None, "phone": "+57 601 5550100"}
    make.sign_up(campaign, **phone)
    assert not make.sign_up(campaign, confirmed=False, **phone).is_confirmed
    assert not sign_ups.confirm(sign_up_queries.to_call(campaign.id, 1).rows[0])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": None}, "email"),
        ({"mandate": Mandate.OFFICER}, "organization_name"),
        ({"mandate": Mandate.ASSEMBLY, "organization_name": "Union"}, "decided_on"),
        ({"mandate": Mandate.ASSEMBLY, "organization_name": "Union", "decided_on": date(2999, 1, 1)}, "decided_on"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(make, campaign, changes, field):
    with pytest.raises(DomainError) as error:
        make.sign_up(campaign, **changes)
    assert error.value.field == field
