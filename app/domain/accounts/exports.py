"""Lists that people take out of the house as files."""

from enum import StrEnum

from app.domain.accounts import audit
from app.models.accounts.accounts import User
from app.models.accounts.exports import FileFormat
from app.models.campaigns.campaigns import Campaign
from app.models.congress.congresses import Congress


class Exported(StrEnum):
    """The lists that can be downloaded."""

    PEOPLE = "people"
    ORGANIZATIONS = "organizations"
    INTERACTIONS = "interactions"
    DELEGATIONS = "delegations"
    JOURNEYS = "journeys"
    ACTIONS = "actions"
    ROSTER = "roster"


def record(
    of: Congress | Campaign | User, what: Exported, file_format: FileFormat, *, rows: int, with_contacts: bool
) -> None:
    """Record who downloaded a list, and how much of it: in the history of its congress or campaign, else of the account."""
    facts = {"exported": what, "file_format": file_format, "rows": rows, "with_contact_details": with_contacts}
    audit.note(of, "exported", {}, facts)
