"""Letters to admins: something needs attention, or is good again. They name no person and no record."""

from app.domain.accounts import alarms
from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.mail.deliveries import Delivery
from app.wording.state import title_of, told


def compose(delivery: Delivery, user: User) -> Letter | None:
    """Compose the letter, or None if what it tells is past: then the letter that it is over tells all."""
    news, alarm = alarms.of(delivery)
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
