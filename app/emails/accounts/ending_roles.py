"""The letter that a role ends in a week, to its holder or to whoever granted it."""

from app.domain.accounts import ending_roles
from app.emails.rendering import address_of, render_letter
from app.extensions import db
from app.letter import Letter
from app.models.accounts.accounts import Grant, User
from app.models.campaigns.campaigns import Campaign
from app.models.congress.congresses import Congress
from app.models.mail.deliveries import Delivery


def compose(delivery: Delivery, user: User) -> Letter | None:
    """Compose the letter, or None if the role has ended already or ends at another time."""
    given = ending_roles.of(delivery)
    if given is None:
        return None
    is_holder = given.user_id == user.id
    return render_letter(
        "accounts/role_ends",
        address=user.email,
        language=user.locale,
        grant=given,
        holder=None if is_holder else db.session.get_one(User, given.user_id).name,
        granter=_granter(given) if is_holder else None,
        title=_title(given),
        timezone=user.timezone,
        page=address_of("accounts.profile") if is_holder else address_of("users.show", user_id=given.user_id),
    )


def _granter(given: Grant) -> str | None:
    """Return the name of whoever granted a role, if that account is open."""
    granter = db.session.get(User, given.granted_by_id) if given.granted_by_id else None
    return granter.name if granter is not None and granter.is_active else None


def _title(given: Grant) -> str | None:
    """Return what the role is on; None for everything."""
    if given.congress_id is not None:
        return db.session.get_one(Congress, given.congress_id).title
    return None if given.campaign_id is None else db.session.get_one(Campaign, given.campaign_id).title
