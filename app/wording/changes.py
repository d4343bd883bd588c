"""What an audit entry tells people: what was, and what is."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_babel import format_datetime, gettext

from app.models.accounts.audit import AuditEntry
from app.models.congress.delegations import DelegationStatus
from app.models.travel.places import Mode
from app.models.travel.problems import Cause, Effect, EntityKind, Severity, Verification
from app.models.travel.travel import LegStatus
from app.text import N_
from app.wording.labels import label

_FIELDS: dict[str, str] = {
    "cause": N_("Cause"),
    "effect": N_("Effect"),
    "severity_level": N_("Severity"),
    "verification": N_("Verification"),
    "reference": N_("Reference"),
    "source_url": N_("Source"),
    "source_quote": N_("Quotation from the source"),
    "cause_detail": N_("Description"),
    "end_estimated": N_("The end is an estimate"),
    "periods": N_("When"),
    "entities": N_("What it affects"),
    "way": N_("Route"),
    "departs_at": N_("Departs"),
    "arrives_at": N_("Arrives"),
    "mode": N_("How"),
    "carrier": N_("Carrier"),
    "number": N_("Number"),
    "status": N_("Status"),
}
_ENUMS: dict[str, tuple[type[StrEnum], ...]] = {
    "cause": (Cause,),
    "effect": (Effect,),
    "severity_level": (Severity,),
    "verification": (Verification,),
    "mode": (Mode,),
    "status": (LegStatus, DelegationStatus),
}


def as_text(entry: AuditEntry) -> list[str]:
    """Return a line for each thing that differs: `Until: 20 Dec → 25 Dec`; times are UTC."""
    names = [name for name in _FIELDS if name in entry.before or name in entry.after]
    return [
        f"{gettext(_FIELDS[name])}: {_shown(name, entry.before.get(name))} → {_shown(name, entry.after.get(name))}"
        for name in names
    ]


def _shown(name: str, value: Any) -> str:
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    if name == "periods":
        return "; ".join(_period(*period) for period in value)
    if name == "entities":
        return "; ".join(
            f"{label(EntityKind(kind))} {' '.join(str(one) for one in rest if one)}" for kind, *rest in value
        )
    if name.endswith("_at"):
        return _instant(value)
    for values in _ENUMS.get(name, ()):
        if value in list(values):
            return label(values(value))
    text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"


def _period(starts_at: str, ends_at: str | None, hours: str | None) -> str:
    span = f"{_instant(starts_at)} – {_instant(ends_at) if ends_at else '…'}"
    return f"{span} ({hours})" if hours else span


def _instant(text: str) -> str:
    return f"{format_datetime(datetime.fromisoformat(text), 'd MMM y HH:mm', rebase=False)} UTC"
