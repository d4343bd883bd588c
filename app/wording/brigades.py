"""Brigades in words: roles, and what is still needed. Members read this as well."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from flask_babel import gettext, ngettext

from app.models.mobilizing.brigades import BrigadeRole, Channel, MemberStatus, RoleKind
from app.models.mobilizing.shifts import PlaceStatus, Shift, ShiftNotice
from app.queries.mobilizing.brigades import Need
from app.text import N_
from app.wording.formats import at, from_until, zone_name

BRIGADE_LABELS = (
    (RoleKind.COORDINATOR, N_("coordination")),
    (RoleKind.PRESS, N_("press work")),
    (RoleKind.LEGAL, N_("legal support")),
    (RoleKind.TRANSPORT, N_("transport")),
    (RoleKind.TRANSLATION, N_("translation")),
    (RoleKind.LOGISTICS, N_("logistics")),
    (RoleKind.HEALTH, N_("health care")),
    (RoleKind.FOOD, N_("food")),
    (RoleKind.CHILDCARE, N_("childcare")),
    (RoleKind.SAFETY, N_("safety")),
    (RoleKind.TRAINING, N_("training")),
    (RoleKind.OTHER, N_("another role")),
    (MemberStatus.ASKED, N_("asked")),
    (MemberStatus.CONFIRMED, N_("taking part")),
    (MemberStatus.LEFT, N_("no longer taking part")),
    (PlaceStatus.OFFERED, N_("offered")),
    (PlaceStatus.TAKEN, N_("waiting for approval")),
    (PlaceStatus.APPROVED, N_("approved")),
    (PlaceStatus.GIVING_BACK, N_("wants to give it back")),
    (PlaceStatus.GIVEN_BACK, N_("given back")),
    (PlaceStatus.SWAPPED, N_("swapped")),
    (PlaceStatus.ATTENDED, N_("was there")),
    (PlaceStatus.MISSED, N_("was not there")),
    (Channel.EMAIL, N_("by email")),
    (Channel.PHONE, N_("by phone")),
)
_ROLES = {kind.value: text for kind, text in BRIGADE_LABELS if isinstance(kind, RoleKind)}


def role_name(role: BrigadeRole | None) -> str:
    """Return what a role is called, in the brigade's own words if it has some; without a role, that any help counts."""
    return _called(role.kind, role.name) if role else str(gettext("wherever it is needed"))


def recorded_role(kind: str, name: str | None, needed: int) -> str:
    """Return a role as the history tells it: `3 × translation`."""
    return f"{needed} × {_called(RoleKind(kind), name)}"


def needs_sentence(needs: Sequence[Need]) -> str:
    """Return what a brigade still needs, as in “3 people are still needed: 2 for press work, 1 for transport”."""
    missing = [need for need in needs if need.missing]
    if not missing:
        return str(gettext("Every role is filled.")) if needs else ""
    roles = ", ".join(gettext("%(num)d for %(role)s", num=need.missing, role=role_name(need.role)) for need in missing)
    return str(
        ngettext(
            "%(num)d person is still needed: %(roles)s.",
            "%(num)d people are still needed: %(roles)s.",
            sum(need.missing for need in missing),
            roles=roles,
        )
    )


def _called(kind: RoleKind, name: str | None) -> str:
    return name or str(gettext(_ROLES[kind.value]))


def shift_name(shift: Shift | ShiftNotice) -> str:
    """Return what a shift is called: when it begins, and where."""
    return f"{at(shift.starts_at, shift.timezone)} · {shift.venue}"


def times_of_shift(shift: Shift | ShiftNotice) -> str:
    """Return when a shift begins and ends, and where."""
    starts, ends = from_until(shift.starts_at, shift.ends_at, shift.timezone)
    return str(gettext("%(starts)s – %(ends)s: %(venue)s.", starts=starts, ends=ends, venue=shift.venue))


def hours_of_shift(shift: Shift) -> str:
    """Return from when until when a shift lasts, on the clock of its place: `09:00–13:00 (Caracas)`."""
    zone = ZoneInfo(shift.timezone)
    return (
        f"{shift.starts_at.astimezone(zone):%H:%M}–{shift.ends_at.astimezone(zone):%H:%M} ({zone_name(shift.timezone)})"
    )
