"""What is said about an erasure and about everything of one person: kinds of rows, and where texts name her."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext

from app.queries.privacy.hits import Hit
from app.text import N_
from app.wording.facts import FIELDS
from app.wording.formats import at

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("The person, with names and contact details"), ("people", "contact_details", "other_names", "custom_values")),
    (N_("Memberships, relations and tags"), ("memberships", "relations", "taggings", "segment_members", "participations")),
    (N_("Consents"), ("consents",)),
    (N_("Interactions"), ("interactions",)),
    (N_("Places in delegations, journeys and answers"), (
        "delegates", "travelers", "journeys", "legs", "overflights", "passages", "check_ins", "given_answers", "help_calls", "informed_entities",
    )),
    (N_("Actions about the person"), ("follow_ups", "follow_up_comments", "checklist_items", "attachments")),
    (N_("Places in brigades and shifts"), ("brigade_members", "shift_places", "shift_swaps", "shift_notices")),
    (N_("Subscriptions of their addresses"), ("subscriptions", "subscription_requests", "address_changes")),
    (N_("Signatures and other sign-ups"), ("sign_ups",)),
    (N_("Emails sent or waiting"), ("deliveries", "bounces", "announced_follow_ups", "mailbox_letters")),
    (N_("History"), ("audit_entries",)),
    (N_("Mentions in articles"), ("mentions",)),
)  # fmt: skip
_KINDS = {
    "follow_ups": N_("action"), "follow_up_comments": N_("comment"), "checklist_items": N_("checklist"),
    "interactions": N_("interaction"), "articles": N_("article"), "notes": N_("note on an article"),
    "delegations": N_("delegation"), "organizations": N_("organization"), "targets": N_("target"),
    "target_entries": N_("target"), "mobilizations": N_("mobilization"), "people": N_("person"), "campaigns": N_("campaign"),
    "congresses": N_("congress"), "route_problems": N_("route problem"), "mailings": N_("mailing"), "segments": N_("segment"),
}  # fmt: skip


def groups_of(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return how many rows there are of each kind, in words; what has no words of its own is counted last."""
    left = Counter(counts)
    found = []
    for words, tables in _GROUPS:
        number = sum(left.pop(one, 0) for one in tables)
        if number:
            found.append((str(gettext(words)), number))
    rest = sum(left.values())
    return [*found, (str(gettext("Other rows, such as what computers derive from these")), rest)] if rest else found


def place_of(hit: Hit) -> str:
    """Return where a text is that names somebody: what it is part of, and its number."""
    kind = _KINDS.get(hit.table)
    return f"{gettext(kind)} {hit.number}" if kind else f"{hit.table} {hit.number}"


def groups_with(tables: Mapping[str, list[dict[str, Any]]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return rows under the words for their kind, in the order of these."""
    left = dict(tables)
    found = []
    for words, names in _GROUPS:
        rows = [row for name in names for row in left.pop(name, [])]
        if rows:
            found.append((str(gettext(words)), rows))
    rest = [row for rows in left.values() for row in rows]
    return [*found, (str(gettext("Other rows, such as what computers derive from these")), rest)] if rest else found


def column_name(name: str) -> str:
    """Return what a column is called in the reader's language, or its name in the database."""
    bare = name.removesuffix("_id")
    return str(gettext(FIELDS[bare])) if bare in FIELDS else bare.replace("_", " ")


def shown(value: Any, zone: str) -> str:
    """Return a value of a row as people read it."""
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    if isinstance(value, dict):
        return " · ".join(f"{column_name(str(name))}: {shown(one, zone)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(shown(one, zone) for one in value)
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        return at(datetime.fromisoformat(value), zone)
    return str(value)
