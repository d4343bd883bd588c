"""A statement with many signatures: its public page, and its editions as of an instant."""

from datetime import datetime, timedelta
from statistics import median

from app.dialects import keep_statistics
from app.domain.campaigns import campaigns
from app.domain.mobilizing import statements
from app.extensions import db
from app.models.campaigns.campaigns import Approval, Campaign, CampaignStatus, Frequency
from app.models.mobilizing.sign_ups import Mandate, SignUp, SignUpKind
from app.models.mobilizing.statements import StatementVersion
from app.queries.mobilizing import statements as statement_queries
from benchmarks import Case, databases, ground
from benchmarks.timing import compared, milliseconds

SIZE = 100_000
_WITHDRAWN = 50
"""One of so many signatures was withdrawn."""


def cases(quick: bool) -> list[Case]:
    """Measure the page, and a page of an edition, on each database."""
    size, repeats = (500, 2) if quick else (SIZE, 9)
    return [case for kind in databases.kinds() for case in _measured(kind, size, repeats)]


def _measured(kind: str, size: int, repeats: int) -> list[Case]:
    with ground.house(kind) as app:
        campaign = open_campaign()
        version = statements.publish(
            statements.create(campaign, {"titles": {"es": "Por la paz"}, "texts": {"es": "Queremos la paz. " * 200}})
        )
        noon = _sign(version, size)
        db.session.commit()
        path = f"/c/{campaign.slug}/statements/{version.statement_id}"
        client, number = app.test_client(), version.id

        def page() -> None:
            if client.get(path).status_code != 200:
                raise RuntimeError(path)

        page()
        shown = median(milliseconds(page) for _ in range(repeats))
        ground.enter_scope(ground.EVERYTHING)

        def first() -> None:
            statement_queries.tallies(number, noon)
            statement_queries.signatures(number, noon, "")

        parts, bare_parts = compared([first] * repeats)
    signed = f"a statement with {size:,} signatures"
    return [
        Case(f"{signed}: its public page, {kind}", shown, 60.0, "ms"),
        Case(
            f"{signed}: counts and page as of an instant, compared with bare SQL, {kind}",
            median(parts) / median(bare_parts), 2.0, "times",
        ),
    ]  # fmt: skip


def open_campaign() -> Campaign:
    """Start a campaign that anyone can sign up in."""
    return campaigns.create({
        "title": "Peace", "slug": None, "goal": None, "goal_kind": None, "goal_number": None,
        "goal_with_parts": False, "related_congress_id": None, "parent_id": None,
        "countries": [], "languages": [], "resolution_ids": [], "start_date": ground.NOW.date(),
        "end_date": None, "status": CampaignStatus.RUNNING, "open_to_subscribers": True, "open_to_sign_ups": True,
        "public_feed": False, "timezone": "America/Caracas", "digest_frequency": Frequency.WEEKLY, "digest_weekday": 0,
        "digest_hour": 8, "digest_approval": Approval.NOBODY, "public_archive": False,
    })  # fmt: skip


def _sign(version: StatementVersion, size: int) -> datetime:
    """Add signatures, one each second; return an instant at which nine of ten had been given."""
    mandates = list(Mandate)
    common = {
        "campaign_id": version.campaign_id, "kind": SignUpKind.SIGN, "version_id": version.id, "locale": "es",
        "consent_text": "Sí.", "details": {}, "organization_name": "Sindicato", "asked_at": ground.NOW,
    }  # fmt: skip
    rows = []
    for number in range(size):
        at = ground.NOW + timedelta(seconds=number)
        gone = at + timedelta(hours=1) if number % _WITHDRAWN == 0 else None
        rows.append(common | {
            "name": f"Ana {number}", "email": f"ana{number}@example.org", "mandate": mandates[number % len(mandates)],
            "confirmed_at": at, "withdrawn_at": gone,
        })  # fmt: skip
    ground.fill(SignUp, rows)
    keep_statistics(db.session)
    return ground.NOW + timedelta(seconds=size * 9 // 10)
