"""Which tables and columns the audit log covers, and which values it keeps. Whatever is not named here is covered, and concealed."""

from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, Enum, LargeBinary, String, Table
from sqlalchemy.types import TypeDecorator

from app.dialects.article_words import SEARCH_TABLE

MACHINERY = {
    "log_lines": "the log itself",
    "log_values": "the log itself",
    "audit_entries": "the history beside a record; the change that it tells has a line of its own",
    "submissions": "the keys of forms that were sent, so that none is written twice",
    "undo_entries": "what undoing needs; the change and undoing it have lines of their own",
    "undone_delegations": "follows from undo entries",
    "undone_people": "follows from undo entries",
    "person_keys": "derived from names and contact details",
    "organization_keys": "derived from names",
    "search_words": "derived from names",
    SEARCH_TABLE: "derived from articles",
    "hit_records": "derived from journeys and route problems",
    "network_editions": "counts changes of places and services, which have lines of their own",
    "pulses": "when each process was alive last",
    "used_challenges": "answers of passkeys that cannot be used again",
    "retention_rounds": "a lease and the numbers of a nightly sweep, whose deletions have lines",
    "link_rounds": "a lease and a counter of the nightly check of links",
    "import_files": "the pieces of an uploaded file; the import has lines",
    "import_rows": "the rows of an uploaded file; what they write has lines",
    "exported_file_pieces": "the content of an exported file, which has a line",
    "mailbox_letters": "copies of letters that were sent",
    "digest_parts": "rendered from a digest, which has lines",
    "announced_follow_ups": "which actions a letter names",
    "delivery_totals": "numbers of deliveries that are no longer kept",
    "sending_holds": "how far deliveries have followed a decision, which has a line",
    "sending_minutes": "how many emails were sent, and no more",
    "sending_retries": "emails that are tried again, in portions",
    "bounces": "what servers said about letters",
    "bounce_scores": "counts of letters that came back, by digests of addresses",
    "returned_letters": "counts what came to the bounce address",
    "consent_proofs": "what is left of consents of people who were erased, which has a line",
}
"""Tables without lines, each with the reason."""

_BOOKKEEPING = {
    "revision",
    "leased_until",
    "claim",
    "attempts",
    "compared_at",
    "words",
    "sort_key",
    "locality_key",
    "nationality_digest",
}
"""Columns of workers, and those derived from others in the row. A change of them alone has no line."""
_BOOKKEEPING_OF = {
    "deliveries": {"due_at", "priority", "last_error", "message_id", "sent_at", "failed_at", "bounced_at"},
    "sessions": {"last_seen_at"},
    "factors": {"last_step"},
    "passkeys": {"sign_count", "last_used_at"},
    "feeds": {
        "etag", "last_modified", "body_hash", "fetched_at", "next_fetch_at", "not_before", "failures", "last_failure",
    },
    "articles": {"link_checked_at", "link_failure", "link_failures", "link_broken_since"},
    "follow_ups": {"next_reminder_at", "escalates_at"},
    "subscriptions": {"covered_until", "next_letter_at"},
    "imports": {"counts", "done", "total", "samples", "last_entry_id"},
}  # fmt: skip

SHOWN = {
    "acronym", "alliance", "authors", "carrier", "code", "countries", "country", "currency", "edition", "factor_roles",
    "family_name", "fir", "given_name", "goal", "group", "headline", "iata", "icao", "in_language", "language", "languages",
    "letter_language", "locale", "locality", "name", "names", "number", "organization_name", "original_publisher", "passport",
    "preferred_language", "publisher", "quiet_days", "recurrence", "reference", "role", "rules", "sector", "sha256", "slug", "source", "table_name",
    "theme", "timezone", "title", "titles", "venue", "website",
}  # fmt: skip
"""Columns with text whose values are kept: names, titles, codes and settings."""
CONCEALED_TEXTS = {
    "address", "address_digests", "address_key", "counts", "file_keys", "person_ids", "before", "after", "body", "body_hash", "booking_reference", "box", "calendar_key", "captions",
    "carrier_key", "case", "cause_detail", "cells", "change_reason", "changes", "closed_because", "closing_note", "columns",
    "consent_text", "contact", "content", "credential", "credential_id", "credit", "data", "decision_reason", "decisions", "demand", "description",
    "details", "device", "digest", "disclaimer", "editor", "email", "endpoint", "entry_key", "evidence", "excerpt", "failure",
    "fields", "figures", "file_name", "formalities", "header", "header_digest", "help_name", "help_phone", "helps", "html",
    "key", "key_check", "key_digest", "key_field", "location", "mail_key", "mapping", "merged_name", "message_id", "moved_ids",
    "moved_in_ids", "nationality", "new_email", "nonce", "note", "notes", "occasion", "old_email", "openings", "option", "options", "owner_digest",
    "other_country", "parameters", "password_hash", "pasted", "phone", "post", "postal_address", "preferences", "prefix",
    "problems", "purpose", "quotation", "reason", "reasons", "recipient", "recorded", "relay", "republication_notice", "samples", "sealed_value",
    "sheet", "sheets", "skills", "small", "sorting", "source_quote", "source_url", "status", "subject", "suffix", "text", "texts",
    "top", "translators", "turnout_by", "turnout_source", "unknown", "url", "value", "verb", "verified_by", "way", "what", "word",
}  # fmt: skip
"""Columns with text of which only a change is told: contact details, what was said or written, keys and digests."""
_CONCEALED = {"link_number", "calendar_number", "old_link", "new_link", "used"}
"""Other columns of which only a change is told: the numbers of links and codes."""
_CONCEALED_OF = {
    "other_names": {"kind", "name"},
    "sign_ups": {"name", "organization_name"},
    "attachments": {"name"},
    "saved_filters": {"name"},
    "passkeys": {"name"},
    "check_ins": {"answer"},
    "given_answers": {"answer"},
    "custom_values": {"number", "day"},
    "backups": {"name"},
}
"""Columns whose values would be kept by their name or type, and tell more in these tables."""


def covers(table: str) -> bool:
    """Whether changes of a table have lines."""
    return table not in MACHINERY


def is_covered(table: str, column: str) -> bool:
    """Whether a change of a column has a line."""
    return column not in _BOOKKEEPING and column not in _BOOKKEEPING_OF.get(table, ())


def is_text(column: Column[Any]) -> bool:
    """Whether a column may hold anything that people type or programs make up."""
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return isinstance(kind, String | JSON | LargeBinary) and not isinstance(kind, Enum)


@cache
def kept_of(table: Table) -> frozenset[str]:
    """Return the columns of a table whose values are kept."""
    concealed = _CONCEALED | _CONCEALED_OF.get(table.name, set())
    return frozenset(
        column.name
        for column in table.columns
        if column.name not in concealed
        and is_covered(table.name, column.name)
        and (not is_text(column) or column.name in SHOWN)
    )


@cache
def person_column(table: Table) -> str | None:
    """Return the column with the person whom a row is about, if there is one."""
    if table.name == "people":
        return "id"
    keys = table.columns["person_id"].foreign_keys if "person_id" in table.columns else ()
    return "person_id" if any(key.target_fullname == "people.id" for key in keys) else None
