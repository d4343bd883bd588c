"""Lists that people take out of the house as files."""

from enum import StrEnum

from app.domain.accounts import audit, log
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
    TARGETS = "targets"
    MOBILIZATIONS = "mobilizations"
    SIGN_UPS = "sign_ups"


OF_PEOPLE = frozenset({Exported.PEOPLE, Exported.DELEGATIONS, Exported.ROSTER, Exported.SIGN_UPS})
"""Those with a row for each person, or with people by name."""


def record(
    of: Congress | Campaign | User, what: Exported, file_format: FileFormat, *, rows: int, with_contacts: bool
) -> None:
    """Record who downloaded a list, and how much of it: in the history of its congress or campaign, else of the account; and in the audit log."""
    facts = {"exported": what, "file_format": file_format, "rows": rows, "with_contact_details": with_contacts}
    audit.note(of, "exported", {}, facts)
    log.note_export(what, rows, [file_format, *(["contact_details"] if with_contacts else [])])
