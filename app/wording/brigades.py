"""Brigades in words: roles, and what is still needed. Members read this as well."""

from collections.abc import Sequence

from flask_babel import gettext, ngettext

from app.models.mobilizing.brigades import BrigadeRole, Channel, MemberStatus, RoleKind
from app.queries.mobilizing.brigades import Need
from app.text import N_

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
