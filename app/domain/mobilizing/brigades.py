"""Brigades and their roles."""

from typing import TypedDict

from app import clock
from app.domain.accounts import audit, removals
from app.domain.actions import handing_back
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.brigades import LEAST_NEEDED, MOST_NEEDED, Brigade, BrigadeRole, RoleKind
from app.text import N_, plain


class BrigadeValues(TypedDict):
    """What a person records about a brigade."""

    name: str
    purpose: str | None
    country: str | None
    locality: str | None
    languages: list[str]
    timezone: str
    is_open: bool
    needs_approval: bool
    give_back_hours: int


class RoleValues(TypedDict):
    """A role, and how many people it needs."""

    kind: RoleKind
    name: str | None
    needed: int


def create(campaign: Campaign, values: BrigadeValues) -> Brigade:
    """Start a brigade of a campaign."""
    brigade = Brigade(campaign_id=campaign.id, created_at=clock.now(), **values)
    db.session.add(brigade)
    db.session.flush()
    audit.note(brigade, "recorded", {}, facts(brigade))
    return brigade


def update(brigade: Brigade, values: BrigadeValues) -> None:
    """Change what is recorded about a brigade."""
    with audit.changing(brigade, facts):
        for name, value in values.items():
            setattr(brigade, name, value)


def remove(brigade: Brigade, *, by: User | None) -> None:
    """Remove a brigade with its members until someone restores it; its open actions return to whoever assigned them."""
    if brigade.removed_at is None:
        removals.remove(brigade, by=by)
        handing_back.leave(brigade, by=by)


def bring_back(brigade: Brigade, *, by: User | None) -> None:
    """Restore a removed brigade, with the actions that it had, unless somebody has assigned them anew."""
    removed_at = brigade.removed_at
    removals.bring_back(brigade)
    if removed_at is not None:
        handing_back.take_up_again(brigade, removed_at, by=by)


def sweep() -> None:
    """Delete brigades that were removed too long ago to be restored."""
    removals.forget(Brigade)


def add_role(brigade: Brigade, values: RoleValues) -> BrigadeRole:
    """Add a role to a brigade; raises DomainError if it already has it."""
    check_role(values["kind"], values["name"], brigade)
    role = BrigadeRole(campaign_id=brigade.campaign_id)
    with audit.changing(brigade, facts):
        _write(role, values)
        brigade.roles.append(role)
    return role


def update_role(role: BrigadeRole, values: RoleValues) -> None:
    """Change a role; raises DomainError if its brigade already has one like it."""
    check_role(values["kind"], values["name"], role.brigade, role)
    with audit.changing(role.brigade, facts):
        _write(role, values)


def remove_role(role: BrigadeRole) -> None:
    """Remove a role; who has it stays in the brigade without a role."""
    brigade = role.brigade
    with audit.changing(brigade, facts):
        for member in brigade.members:
            member.role = None if member.role is role else member.role
        brigade.roles.remove(role)


def check_role(kind: RoleKind, name: str | None, brigade: Brigade, own: BrigadeRole | None = None) -> None:
    """Raise DomainError if a role of its own has no name, or if the brigade has such a role; `own` is the one that is edited."""
    if kind is RoleKind.OTHER and not name:
        raise DomainError("name", N_("Name the role."))
    wanted = _key(kind, name)
    if any(_key(role.kind, role.name) == wanted for role in brigade.roles if role is not own):
        field = "name" if kind is RoleKind.OTHER else "kind"
        raise DomainError(field, N_("The brigade already has this role. Change how many people it needs."))


def facts(brigade: Brigade) -> audit.Facts:
    """Return what the history of a brigade tells about it."""
    roles = [[role.kind.value, role.name, role.needed] for role in brigade.roles]
    told = audit.facts_of(
        brigade,
        ("name", "country", "locality", "languages", "timezone", "is_open", "needs_approval", "give_back_hours"),
    )
    return told | {"does": brigade.purpose, "brigade_roles": roles}


def _write(role: BrigadeRole, values: RoleValues) -> None:
    if not LEAST_NEEDED <= values["needed"] <= MOST_NEEDED:
        raise DomainError(
            "needed", N_("Enter between %(least)s and %(most)s people."), least=LEAST_NEEDED, most=MOST_NEEDED
        )
    role.kind, role.needed = values["kind"], values["needed"]
    role.name = values["name"] if values["kind"] is RoleKind.OTHER else None


def _key(kind: RoleKind, name: str | None) -> tuple[RoleKind, str]:
    return kind, plain(name or "") if kind is RoleKind.OTHER else ""
