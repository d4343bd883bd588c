"""The content of a digest for one member: which articles are new to them, each in their most preferred language."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.config import MEMBER_LOCALES, catalog_of
from app.models.campaigns.digests import Digest, DigestItem, DigestVersion
from app.queries.campaigns import calls


@dataclass(frozen=True, slots=True)
class Variant:
    """The email for all members who read the same languages and for whom the same articles are new."""

    locale: str
    """The locale of the text around the articles."""
    versions: tuple[DigestVersion, ...]
    opens_at: datetime
    """Where the members' window starts."""
    timezone: str
    """The time zone in which times are shown."""

    def key(self, digest: Digest) -> str:
        """Return what distinguishes this email from all others of the digest in its current state."""
        first_day = self.opens_at.astimezone(ZoneInfo(digest.campaign.timezone)).date()
        content = (digest.revision, self.locale, first_day, self.timezone, [one.id for one in self.versions])
        return hashlib.sha256(repr(content).encode()).hexdigest()[:40]


def variant_of(digest: Digest, languages: list[str], timezone: str, covered_from: datetime) -> Variant:
    """Return the content of a digest for members who read `languages`, most preferred first, and live in `timezone`.

    `covered_from` is the start of their window: what was cited before was already sent to them. If the email shows no
    times, it is the same in every zone.
    """
    chosen = (version_for(item, languages) for item in digest.kept)
    return Variant(
        locale=catalog_of(languages, MEMBER_LOCALES),
        versions=tuple(version for version in chosen if version.cited_at >= covered_from),
        opens_at=max(covered_from, digest.period_start),
        timezone=timezone if shows_times(digest) else digest.campaign.timezone,
    )


def turns(digest: Digest) -> list[datetime]:
    """Return the instants at which what a member gets changes with the start of their window, ascending."""
    zone = ZoneInfo(digest.campaign.timezone)
    first, last = (at.astimezone(zone).date() for at in (digest.period_start, digest.period_end))
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    midnights = (datetime.combine(day, time.min, zone).astimezone(UTC) for day in days)
    just_after = (version.cited_at + timedelta(microseconds=1) for item in digest.kept for version in item.versions)
    return sorted({*midnights, *just_after})


def shows_times(digest: Digest) -> bool:
    """Return whether the email shows times, which depend on the member's zone."""
    return digest.with_calls and any(call.starts_at for call in calls.still_open(digest.campaign_id))


def version_for(item: DigestItem, languages: list[str]) -> DigestVersion:
    """Return the version in the most preferred available language, otherwise the original."""
    for language in languages:
        for version in item.versions:
            if version.article.in_language.split("-")[0] == language:
                return version
    return item.versions[0]
