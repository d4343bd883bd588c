"""Letters about what was done with an account. Their only link that works without signing in cancels a reset."""

from flask import current_app

from app.domain.accounts import notices
from app.domain.accounts.notices import Notice
from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.accounts.approvals import USABLE_FOR, ApprovalRequest
from app.models.accounts.factors import FactorReset
from app.models.accounts.passkeys import Passkey
from app.models.accounts.sessions import UserSession
from app.models.mail.deliveries import Delivery
from app.owner_tokens import sign_factor_reset
from app.queries.accounts import accounts


def compose(delivery: Delivery, user: User) -> Letter | None:
    """Compose the letter to the owner of an account; None if there is nothing to tell anymore."""
    notice, subject = notices.of(delivery)
    if notice in (Notice.APPROVAL_ASKED, Notice.APPROVAL_DECIDED):
        return _about_approval(subject, user) if isinstance(subject, ApprovalRequest) else None
    return render_letter(
        "accounts/notice",
        address=user.email,
        language=user.locale,
        notice=notice.value,
        device=subject.device if isinstance(subject, UserSession) else "",
        passkey=subject.name if isinstance(subject, Passkey) else "",
        cancel=_cancel(subject) if isinstance(subject, FactorReset) else "",
        happened=delivery.due_at,
        timezone=user.timezone,
        devices=address_of("accounts.profile", _anchor="devices"),
        new_password=address_of("accounts.forgotten"),
    )


def _about_approval(request: ApprovalRequest, user: User) -> Letter | None:
    """Compose the letter to another admin while the request waits, or to who asked once it is decided; it names no list."""
    is_asker = request.asked_by_id == user.id
    if is_asker == (request.decision is None) or not (is_asker or accounts.is_admin(user)):
        return None
    return render_letter(
        "accounts/approval",
        address=user.email,
        language=user.locale,
        kind=request.kind.value,
        decision=request.decision.value if request.decision else "",
        hours=int(USABLE_FOR.total_seconds() // 3600),
        asker=request.asked_by.name,
        page=address_of("approvals.waiting") if accounts.is_admin(user) else address_of("today.index"),
    )


def _cancel(reset: FactorReset) -> str:
    token = sign_factor_reset(current_app.config["SECRET_KEY"], reset.id)
    return address_of("factor_resets.cancel", token=token)
