"""What a digest says to one member: which articles are new to them, each in the dearest of their languages."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.config import MEMBER_LOCALES, catalog_of
from app.models.campaigns.digests import Digest, DigestItem, DigestVersion
from app.queries.campaigns import calls


@dataclass(frozen=True, slots=True)
class Variant:
    """The letter that all members get who read the same languages and to whom the same articles are new."""

    locale: str
    """The catalog of the words around the articles."""
    versions: tuple[DigestVersion, ...]
    opens_at: datetime
    """Where the members' window opens."""
    timezone: str
    """In which hours are told."""

    def key(self, digest: Digest) -> str:
        """Return what tells the letter from all others of the digest, as it stands now."""
        first_day = self.opens_at.astimezone(ZoneInfo(digest.campaign.timezone)).date()
        content = (digest.revision, self.locale, first_day, self.timezone, [one.id for one in self.versions])
        return hashlib.sha256(repr(content).encode()).hexdigest()[:40]


def variant_of(digest: Digest, languages: list[str], timezone: str, covered_from: datetime) -> Variant:
    """Return what a digest says to members who read `languages`, the dearest first, and live in `timezone`.

    `covered_from` is where their window opens: what was cited before was sent to them already. Where no hour is told,
    it is the same letter in every zone.
    """
    chosen = (version_for(item, languages) for item in digest.kept)
    return Variant(
        locale=catalog_of(languages, MEMBER_LOCALES),
        versions=tuple(version for version in chosen if version.cited_at >= covered_from),
        opens_at=max(covered_from, digest.period_start),
        timezone=timezone if tells_hours(digest) else digest.campaign.timezone,
    )


def tells_hours(digest: Digest) -> bool:
    """Say whether the letter tells hours, which differ with the member's zone."""
    return digest.with_calls and any(call.starts_at for call in calls.still_open(digest.campaign_id))


def version_for(item: DigestItem, languages: list[str]) -> DigestVersion:
    """Return the version in the dearest language that there is one in, otherwise the original."""
    for language in languages:
        for version in item.versions:
            if version.article.in_language.split("-")[0] == language:
                return version
    return item.versions[0]
