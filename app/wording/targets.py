"""What is said about the targets of campaigns and their answers."""

from datetime import date

from flask_babel import gettext

from app.models.mobilizing.targets import EntryKind, TargetEntry, TargetKind, TargetStatus
from app.text import N_
from app.wording.formats import day

TARGET_LABELS = (
    (TargetKind.INSTITUTION, N_("institution")),
    (TargetKind.COMPANY, N_("company")),
    (TargetKind.OFFICIAL, N_("official")),
    (EntryKind.ASKED, N_("it was asked")),
    (EntryKind.REPLIED, N_("it replied")),
    (EntryKind.COMMITTED, N_("it committed itself")),
    (EntryKind.REFUSED, N_("it refused")),
    (EntryKind.SIGNED, N_("it signed")),
    (TargetStatus.NEW, N_("nobody has asked it yet")),
    (TargetStatus.ASKED, N_("has been asked")),
    (TargetStatus.REPLIED, N_("replied")),
    (TargetStatus.COMMITTED, N_("committed")),
    (TargetStatus.REFUSED, N_("said no")),
    (TargetStatus.SIGNED, N_("signed")),
)
_ENTRIES = {kind: text for kind, text in TARGET_LABELS if isinstance(kind, EntryKind)}


def entry_text(entry: TargetEntry) -> str:
    """Return an entry of a log on one line."""
    said = recorded_entry(entry.happened_on.isoformat(), entry.kind)
    return f"{said}: {' '.join(entry.text.split())}" if entry.text else said


def recorded_entry(happened_on: str, kind: str) -> str:
    """Return the day and the kind of an entry as the history stores them."""
    return f"{day(date.fromisoformat(happened_on))}, {gettext(_ENTRIES[EntryKind(kind)])}"
