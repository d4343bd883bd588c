"""When windows close and when members are due. Windows are half-open: what is cited when one closes is in the next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.campaigns.campaigns import Campaign, CampaignStatus, Frequency
from app.times import next_daily, next_monthly, next_weekly

_JUST_BEFORE = timedelta(microseconds=1)
_DAYS = {Frequency.DAILY: 1, Frequency.WEEKLY: 7, Frequency.MONTHLY: 31}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a member gets a digest, and at what hour in their time zone."""

    frequency: Frequency
    weekday: int
    """Monday is 0; used only for weekly digests."""
    hour: int
    timezone: str


def next_closing(campaign: Campaign, after: datetime) -> datetime | None:
    """Return when the campaign's next window closes, after `after`; None if it sends nothing automatically."""
    if campaign.status == CampaignStatus.ENDED or campaign.digest_frequency == Frequency.NEVER:
        return None
    return next_daily(after, campaign.timezone, campaign.digest_hour)


def next_letter(rhythm: Rhythm, after: datetime) -> datetime | None:
    """Return a member's next hour, after `after`; None if emails are sent as soon as there is an article."""
    match rhythm.frequency:
        case Frequency.DAILY:
            return next_daily(after, rhythm.timezone, rhythm.hour)
        case Frequency.WEEKLY:
            return next_weekly(after, rhythm.timezone, rhythm.weekday, rhythm.hour)
        case Frequency.MONTHLY:
            return next_monthly(after, rhythm.timezone, rhythm.hour)
        case _:
            return None


def first_letter(rhythm: Rhythm, instant: datetime) -> datetime | None:
    """Return a member's next hour, at `instant` or later."""
    return next_letter(rhythm, instant - _JUST_BEFORE)


def first_window(rhythm: Rhythm, confirmed_at: datetime) -> datetime:
    """Return the start of a new member's first window: one period back, in their own time zone."""
    days = _DAYS.get(rhythm.frequency, 0)
    local = confirmed_at.astimezone(ZoneInfo(rhythm.timezone))
    return (local - timedelta(days=days)).astimezone(confirmed_at.tzinfo)
