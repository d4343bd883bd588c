"""Letters to the owner of an account about what somebody did with it; they say what to do if it was not the owner."""

from enum import StrEnum
from typing import Any

from app import clock
from app.domain.mail import deliveries
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.approvals import ApprovalRequest
from app.models.accounts.factors import FactorReset
from app.models.accounts.passkeys import Passkey
from app.models.accounts.sessions import UserSession
from app.models.mail.deliveries import Delivery, DeliveryKind


class Notice(StrEnum):
    """What happened; the occasion of the letter begins with it."""

    NEW_DEVICE = "device"
    PASSWORD = "password"  # noqa: S105 - no password
    FACTOR_ON = "factor_on"
    FACTOR_OFF = "factor_off"
    """No second factor is left."""
    CODES_OFF = "codes_off"
    """One-time codes were turned off; passkeys are left."""
    CODES_RENEWED = "codes_renewed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    """A passkey was removed; another factor is left."""
    FACTOR_RESET = "factor_reset"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_DECIDED = "approval_decided"


_ABOUT: dict[Notice, Any] = {
    Notice.NEW_DEVICE: UserSession,
    Notice.FACTOR_RESET: FactorReset,
    Notice.PASSKEY_ADDED: Passkey,
    Notice.APPROVAL_ASKED: ApprovalRequest,
    Notice.APPROVAL_DECIDED: ApprovalRequest,
}


def new_device(user: User, session: UserSession) -> None:
    """Tell the owner that the account was signed in on a device that is not known."""
    _queue(Notice.NEW_DEVICE, user, str(session.id))


def password_changed(user: User) -> None:
    """Tell the owner that the password was changed."""
    _queue(Notice.PASSWORD, user, f"{clock.now():%Y-%m-%dT%H:%M}")


def factor_changed(user: User, notice: Notice, number: str = "") -> None:
    """Tell the owner that a second factor was turned on or off, or that there are new recovery codes."""
    _queue(notice, user, number or f"{clock.now():%Y-%m-%dT%H:%M}")


def passkey_added(passkey: Passkey) -> None:
    """Tell the owner that a passkey was added."""
    _queue(Notice.PASSKEY_ADDED, db.session.get_one(User, passkey.user_id), str(passkey.id))


def factor_reset(reset: FactorReset) -> None:
    """Tell the owner that two admins reset the second factor, with a link that cancels it."""
    _queue(Notice.FACTOR_RESET, reset.user, str(reset.id))


def approval_asked(request: ApprovalRequest, admin: User) -> None:
    """Tell an admin that something waits for an approval."""
    _queue(Notice.APPROVAL_ASKED, admin, str(request.id))


def approval_decided(request: ApprovalRequest) -> None:
    """Tell who asked for something that it was approved or refused."""
    _queue(Notice.APPROVAL_DECIDED, request.asked_by, str(request.id))


def of(delivery: Delivery) -> tuple[Notice, UserSession | FactorReset | Passkey | ApprovalRequest | None]:
    """Return what a letter is about, and the row that it is about, if it still exists."""
    what, _, number = delivery.occasion.partition(":")
    notice = Notice(what)
    model = _ABOUT.get(notice)
    return notice, db.session.get(model, int(number)) if model else None


def _queue(notice: Notice, user: User, number: str) -> None:
    occasion = f"{notice}:{number}"
    deliveries.queue(DeliveryKind.ACCOUNT_CHANGED, user=user, occasion=occasion, due_at=clock.now())
