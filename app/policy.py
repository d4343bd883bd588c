"""The table of permissions by role. Deny by default: a permission that is not in the table is granted to nobody."""

from dataclasses import dataclass
from enum import StrEnum

from app.models.accounts.accounts import Role


class Permission(StrEnum):
    """All permissions."""

    CONGRESS_LIST = "congress.list"
    CONGRESS_CREATE = "congress.create"
    CONGRESS_VIEW = "congress.view"
    CONGRESS_EDIT = "congress.edit"
    DELEGATION_VIEW = "delegation.view"
    DELEGATION_EDIT = "delegation.edit"
    PROBLEM_VIEW = "problem.view"
    PROBLEM_EDIT = "problem.edit"
    RESOLUTION_EDIT = "resolution.edit"
    CHECK_IN_VIEW = "check_in.view"
    CHECK_IN_EDIT = "check_in.edit"
    FOLLOW_UP_VIEW = "follow_up.view"
    FOLLOW_UP_ASSIGN = "follow_up.assign"
    FOLLOW_UP_EDIT = "follow_up.edit"
    PERSON_VIEW = "person.view"
    PERSON_EDIT = "person.edit"
    PERSON_EXPORT = "person.export"
    """Take the contact details of many people out of the house, in one file."""
    PERSON_PROTECTED = "person.protected"
    """See how to reach people at risk, and decide who they are."""
    INTERACTION_VIEW = "interaction.view"
    INTERACTION_EDIT = "interaction.edit"
    ORGANIZATION_VIEW = "organization.view"
    ORGANIZATION_EDIT = "organization.edit"
    FIELD_EDIT = "field.edit"
    TAG_EDIT = "tag.edit"
    TAG_REMOVE = "tag.remove"
    PLACE_EDIT = "place.edit"
    ARTICLE_VIEW = "article.view"
    ARTICLE_EDIT = "article.edit"
    NOTE_VIEW = "note.view"
    NOTE_EDIT = "note.edit"
    NOTE_EDIT_OTHERS = "note.edit_others"
    CAMPAIGN_LIST = "campaign.list"
    CAMPAIGN_CREATE = "campaign.create"
    CAMPAIGN_VIEW = "campaign.view"
    CAMPAIGN_EDIT = "campaign.edit"
    CROSSING_VIEW = "crossing.view"
    CROSSING_EDIT = "crossing.edit"
    CROSSING_DECIDE = "crossing.decide"
    """Verify crossings, and ban crossings and services: this decides which routes are proposed to everyone in the house."""
    CITATION_EDIT = "citation.edit"
    SIGN_UP_VIEW = "sign_up.view"
    SIGN_UP_EDIT = "sign_up.edit"
    SUBSCRIBER_VIEW = "subscriber.view"
    MOBILIZATION_VIEW = "mobilization.view"
    MOBILIZATION_EDIT = "mobilization.edit"
    TARGET_VIEW = "target.view"
    TARGET_EDIT = "target.edit"
    BRIGADE_VIEW = "brigade.view"
    BRIGADE_EDIT = "brigade.edit"
    DIGEST_VIEW = "digest.view"
    DIGEST_EDIT = "digest.edit"
    DIGEST_APPROVE = "digest.approve"
    PERSON_HAND_OUT = "person.hand_out"
    """Hand out everything about one person, as she may ask for it."""
    PERSON_ERASE = "person.erase"
    """Erase a person for good, and decide which addresses are never written to."""
    USER_EDIT = "user.edit"
    LOG_VIEW = "log.view"
    """Read the audit log of the whole house, which names the records of all congresses and campaigns."""
    DELIVERY_VIEW = "delivery.view"
    MAILBOX_VIEW = "mailbox.view"
    HOUSE_LOCK = "house.lock"
    """Lock the whole house in an emergency, and open it together with a second person."""
    STATE_VIEW = "state.view"
    """See whether all parts of the house work, and be told if one does not."""


_P = Permission

_MEMBER = frozenset({
    _P.CONGRESS_LIST, _P.CONGRESS_VIEW, _P.CAMPAIGN_LIST, _P.CAMPAIGN_VIEW, _P.ARTICLE_VIEW,
})  # fmt: skip
_ORGANIZER = _MEMBER | {
    _P.DELEGATION_VIEW, _P.DELEGATION_EDIT, _P.PROBLEM_VIEW, _P.PROBLEM_EDIT, _P.RESOLUTION_EDIT,
    _P.CHECK_IN_VIEW, _P.CHECK_IN_EDIT, _P.CROSSING_VIEW, _P.CROSSING_EDIT, _P.FOLLOW_UP_VIEW, _P.FOLLOW_UP_EDIT,
    _P.PERSON_VIEW, _P.PERSON_EDIT, _P.PERSON_EXPORT, _P.INTERACTION_VIEW, _P.INTERACTION_EDIT, _P.ORGANIZATION_VIEW, _P.ORGANIZATION_EDIT, _P.PLACE_EDIT, _P.ARTICLE_EDIT,
    _P.MOBILIZATION_VIEW, _P.MOBILIZATION_EDIT, _P.TARGET_VIEW, _P.TARGET_EDIT,
    _P.NOTE_VIEW, _P.NOTE_EDIT, _P.CITATION_EDIT, _P.BRIGADE_VIEW, _P.BRIGADE_EDIT, _P.DIGEST_VIEW, _P.CONGRESS_CREATE, _P.FOLLOW_UP_ASSIGN,
    _P.SIGN_UP_VIEW, _P.SIGN_UP_EDIT,
}  # fmt: skip
_COORDINATOR = _ORGANIZER | {
    _P.CONGRESS_EDIT, _P.CAMPAIGN_CREATE, _P.CAMPAIGN_EDIT, _P.SUBSCRIBER_VIEW, _P.DIGEST_EDIT,
    _P.DIGEST_APPROVE, _P.HOUSE_LOCK, _P.CROSSING_DECIDE, _P.PERSON_HAND_OUT, _P.PERSON_PROTECTED, _P.NOTE_EDIT_OTHERS, _P.TAG_EDIT, _P.TAG_REMOVE,
}  # fmt: skip
_ADMIN = _COORDINATOR | {
    _P.FIELD_EDIT,
    _P.PERSON_ERASE,
    _P.USER_EDIT,
    _P.LOG_VIEW,
    _P.DELIVERY_VIEW,
    _P.MAILBOX_VIEW,
    _P.STATE_VIEW,
}

TABLE: dict[Role, frozenset[Permission]] = {
    Role.MEMBER: _MEMBER,
    Role.ORGANIZER: _ORGANIZER,
    Role.COORDINATOR: _COORDINATOR,
    Role.ADMIN: _ADMIN,
}

HOUSE_WIDE = frozenset({
    _P.CONGRESS_CREATE, _P.CAMPAIGN_CREATE, _P.TAG_REMOVE, _P.FIELD_EDIT, _P.PERSON_ERASE, _P.USER_EDIT, _P.LOG_VIEW, _P.DELIVERY_VIEW, _P.MAILBOX_VIEW,
    _P.STATE_VIEW,
})  # fmt: skip
"""Permissions that only an unlimited grant can give, because they concern data outside any congress or campaign."""


def can(role: Role, permission: Permission, *, in_scope: bool) -> bool:
    """Return whether `role` has `permission` on an object inside or outside the scope of its grant."""
    return in_scope and permission in TABLE[role]


@dataclass(frozen=True, slots=True)
class Held:
    """A role of an account on one congress, one campaign, or (if both are None) on everything."""

    role: Role
    congress_id: int | None = None
    campaign_id: int | None = None

    @property
    def on_everything(self) -> bool:
        """Whether it covers everything."""
        return self.congress_id is None and self.campaign_id is None

    def covers(self, congress_id: int | None, campaign_id: int | None) -> bool:
        """Whether it covers the given congress or campaign; a page that gives neither is in every scope."""
        if self.on_everything or (congress_id is None and campaign_id is None):
            return True
        return (self.congress_id, self.campaign_id) == (congress_id, campaign_id)


def allowed(
    held: list[Held], permission: Permission, congress_id: int | None = None, campaign_id: int | None = None
) -> bool:
    """Return whether any of the roles held gives `permission` on the given congress or campaign."""
    return any(
        can(
            one.role,
            permission,
            in_scope=one.on_everything if permission in HOUSE_WIDE else one.covers(congress_id, campaign_id),
        )
        for one in held
    )


def allowed_on(
    held: list[Held], permission: Permission, congress_id: int | None = None, campaign_id: int | None = None
) -> bool:
    """Return whether any of the roles held gives `permission` on a row of a congress, a campaign, or neither.

    A row of neither requires a role on everything.
    """
    if congress_id is None and campaign_id is None:
        return any(can(one.role, permission, in_scope=one.on_everything) for one in held)
    return allowed(held, permission, congress_id, campaign_id)


def giving(held: list[Held], permission: Permission) -> list[Held]:
    """Return the roles held that give `permission` in their scope; other roles do not extend the scope of what needs it."""
    return [one for one in held if can(one.role, permission, in_scope=True)]
