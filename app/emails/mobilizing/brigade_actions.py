"""The email to those who coordinate a brigade about actions that it was asked to take on."""

from collections.abc import Sequence

from app.config import LOCALES, MEMBER_LOCALES
from app.emails.mobilizing.shifts import language_of, my_shifts_page
from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.mobilizing.brigades import BrigadeMember


def compose(
    follow_ups: Sequence[FollowUp], member: BrigadeMember, address: str, user: User | None, *, is_release: bool
) -> Letter:
    """Compose the email: where to take them is a page of the account, or else the member's own. Notes are left out."""
    return render_letter(
        "mobilizing/brigade_action",
        address=address,
        language=user.locale if user else language_of(member),
        catalogs=LOCALES if user else MEMBER_LOCALES,
        greeted=user.name if user else member.person.given_name,
        has_account=user is not None,
        brigade=member.brigade,
        follow_ups=follow_ups,
        zone=user.timezone if user else member.brigade.timezone,
        page=address_of("today.index", _anchor="brigades") if user else my_shifts_page(member),
        is_release=is_release,
    )
