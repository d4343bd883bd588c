"""Sign-ups of the public: asked for, confirmed by email or on the phone, withdrawn, and deleted when nobody confirmed."""

from datetime import date, timedelta
from typing import Any, TypedDict

from sqlalchemy import delete, update

from app import clock
from app.domain.mail import deliveries
from app.domain.mobilizing.kinds import KINDS
from app.domain_errors import DomainError
from app.email_addresses import checked
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Campaign
from app.models.mail.deliveries import DeliveryKind
from app.models.mobilizing.sign_ups import CallOutcome, Mandate, SignUp, SignUpKind
from app.queries.lookup import REMOVED_FOR
from app.queries.mobilizing import sign_ups as sign_up_queries
from app.text import N_

KEPT_FOR = REMOVED_FOR
"""How long personal data is kept of a sign-up that nobody confirms, or that was withdrawn."""
SECOND_LETTER_AFTER = timedelta(days=3)
MOST_LETTERS_A_DAY = 5
"""To one address in one campaign, so that nobody can fill a stranger's mailbox."""
_A_DAY, _AN_HOUR = timedelta(days=1), timedelta(hours=1)


class SignUpValues(TypedDict):
    """What somebody says who signs up."""

    name: str
    email: str | None
    phone: str | None
    locale: str
    country: str | None
    locality: str | None
    organization_name: str | None
    mandate: Mandate | None
    """For whom; None if its kind does not ask."""
    decided_on: date | None
    """The day on which the assembly decided."""
    is_named: bool
    """Whether the name may be shown to everyone."""
    details: dict[str, Any]
    """The answers to what only its kind asks."""
    consent_text: str


def ask(campaign: Campaign, kind: SignUpKind, values: SignUpValues, **about: int) -> SignUp | None:
    """Record a request, and queue the email with which the owner of the address confirms it.

    `about` has the ids of what it is about, by the names of their columns. A second email follows if the first is not
    answered. Someone who gives only a phone number is called. Returns None if nothing was recorded: because the
    same was asked within the last hour, or too often today for this address.

    Raises DomainError as `check_reachable` and `check_mandate` do.
    """
    check_reachable(values["email"], values["phone"])
    check_mandate(values["organization_name"], values["mandate"], values["decided_on"])
    now = clock.now()
    email = checked(values["email"]) if values["email"] else None
    phone = values["phone"]
    sign_up = SignUp(campaign_id=campaign.id, kind=kind, asked_at=now, **about, **(values | {"email": email}))
    lately = sign_up_queries.asked_since(campaign.id, email, phone, now - _A_DAY)
    is_repeated = any(_is_same(one, sign_up) and one.asked_at > now - _AN_HOUR for one in lately)
    if len(lately) >= MOST_LETTERS_A_DAY or is_repeated:
        return None
    db.session.add(sign_up)
    db.session.flush()
    if email:
        deliveries.queue_sign_ups([sign_up.id], DeliveryKind.SIGN_UP, now)
        deliveries.queue_sign_ups([sign_up.id], DeliveryKind.SIGN_UP_AGAIN, now + SECOND_LETTER_AFTER)
    return sign_up


def check_reachable(email: str | None, phone: str | None) -> None:
    """Raise DomainError if nobody can be asked whether the sign-up is meant."""
    if not email and not phone:
        raise DomainError("email", N_("Enter an email address or, if you have none, a phone number."))


def check_mandate(organization_name: str | None, mandate: Mandate | None, decided_on: date | None) -> None:
    """Raise DomainError if it is not said which organization is meant, or when its assembly decided."""
    if mandate in (Mandate.MEMBER, Mandate.OFFICER, Mandate.ASSEMBLY) and not organization_name:
        raise DomainError("organization_name", N_("Enter the organization that you mean."))
    if mandate is Mandate.ASSEMBLY and decided_on is None:
        raise DomainError("decided_on", N_("Enter the day on which the assembly decided."))
    if mandate is Mandate.ASSEMBLY and decided_on is not None and decided_on > clock.now().date() + _A_DAY:
        raise DomainError("decided_on", N_("This date is in the future."))


def confirm(sign_up: SignUp) -> bool:
    """Let a sign-up count; return whether it is new. If the same address signed up before, nothing changes.

    Raises DomainError if what it is about is over.
    """
    if sign_up.confirmed_at is not None or sign_up_queries.standing_like(sign_up) is not None:
        return False
    KINDS[sign_up.kind].check(sign_up)
    sign_up.confirmed_at = clock.now()
    db.session.flush()
    deliveries.withdraw_sign_up(sign_up.id)
    KINDS[sign_up.kind].confirmed(sign_up)
    return True


def withdraw(sign_up: SignUp) -> None:
    """Withdraw a sign-up that counts; one that nobody has confirmed is deleted."""
    if sign_up.confirmed_at is None:
        db.session.delete(sign_up)
    elif sign_up.withdrawn_at is None:
        sign_up.withdrawn_at = clock.now()
        KINDS[sign_up.kind].withdrawn(sign_up)
    db.session.flush()


def record_call(sign_up: SignUp, outcome: CallOutcome, *, by: User) -> None:
    """Record what somebody said on the phone who signed up without an email address.

    Raises DomainError if the sign-up is confirmed by email, or has been confirmed.
    """
    if sign_up.email is not None or sign_up.confirmed_at is not None:
        raise DomainError(None, N_("There is nobody to call about this any more."))
    sign_up.called_at, sign_up.called_by, sign_up.call_outcome = clock.now(), by, outcome
    if outcome is CallOutcome.CONFIRMED:
        confirm(sign_up)
    db.session.flush()


def sweep() -> None:
    """Delete sign-ups that nobody confirmed in time, and the personal data of those that were withdrawn."""
    before = clock.now() - KEPT_FOR
    options: dict[str, Any] = {"synchronize_session": False}
    unconfirmed = delete(SignUp).where(SignUp.confirmed_at.is_(None), SignUp.asked_at < before)
    db.session.execute(unconfirmed, execution_options=options)
    withdrawn = update(SignUp).where(SignUp.withdrawn_at < before, SignUp.name != "")
    emptied = withdrawn.values(name="", email=None, phone=None, organization_name=None, locality=None, details={})
    db.session.execute(emptied, execution_options=options)


def _is_same(one: SignUp, other: SignUp) -> bool:
    """Return whether two requests say the same about the same thing."""
    apart = {
        "id", "asked_at", "confirmed_at", "withdrawn_at", "called_at", "called_by_id", "call_outcome", "person_id",
        "decision", "decided_at", "decided_by_id", "decision_reason", "link_number",
    }  # fmt: skip
    names = [column.key for column in SignUp.__table__.columns if column.key not in apart]
    return all(getattr(one, name) == getattr(other, name) for name in names)
