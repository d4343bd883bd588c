"""Letters to admins: something needs attention, or is good again. They name no person and no record."""

from app.domain.accounts import alarms
from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.accounts.locks import HouseLock
from app.models.mail.deliveries import Delivery
from app.queries.privacy import retention
from app.wording.state import title_of, told


def compose(delivery: Delivery, user: User) -> Letter | None:
    """Compose the letter, or None if what it tells is past: then the letter that it is over tells all."""
    news, alarm = alarms.of(delivery)
    if news is alarms.News.DELETIONS:
        return _about_deletions(user)
    if isinstance(alarm, HouseLock):
        return _about_lock(news, alarm, user)
    if alarm is None or (news is alarms.News.RAISED and alarm.over_at is not None):
        return None
    return render_letter(
        "accounts/alarm",
        address=user.email,
        language=user.locale,
        alarm=alarm,
        line=alarms.line_of(alarm) if news is alarms.News.RAISED else None,
        title_of=title_of,
        told=told,
        timezone=user.timezone,
        page=address_of("state.show"),
    )


def _about_deletions(user: User) -> Letter | None:
    """Compose the letter about what will be deleted and when, with numbers only; None if nothing will."""
    lines = retention.coming()
    if not lines:
        return None
    return render_letter(
        "accounts/deletions",
        address=user.email,
        language=user.locale,
        lines=lines,
        timezone=user.timezone,
        page=address_of("retention.index"),
    )


def _about_lock(news: alarms.News, lock: HouseLock, user: User) -> Letter | None:
    """Compose the letter that the house was locked, or opened again. It has no link: whoever gets it knows the address."""
    is_locked = news is alarms.News.LOCKED
    if is_locked and lock.opened_at is not None:
        return None
    return render_letter(
        "accounts/lock",
        address=user.email,
        language=user.locale,
        lock=lock,
        is_locked=is_locked,
        timezone=user.timezone,
    )
