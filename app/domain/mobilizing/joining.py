"""People who ask to join a brigade on its public page, and what the organizers decide about them."""

from typing import Any

from app.domain.mobilizing import brigade_members, decisions, taking_over
from app.domain_errors import DomainError
from app.models.accounts.accounts import User
from app.models.mobilizing.brigades import Brigade, BrigadeMember, BrigadeRole, Channel, MemberStatus
from app.models.mobilizing.sign_ups import Decision, SignUp
from app.models.people.people import Person
from app.text import N_


def is_open(brigade: Brigade | None) -> bool:
    """Return whether anyone may ask to join a brigade."""
    return brigade is not None and brigade.is_open and brigade.removed_at is None


def check_open(brigade: Brigade | None) -> None:
    """Raise DomainError if nobody may ask to join a brigade any more."""
    if not is_open(brigade):
        raise DomainError(None, N_("This brigade takes no more people."))


def accept(sign_up: SignUp, person: Person | None, role: BrigadeRole | None, *, by: User) -> BrigadeMember:
    """Make the person behind a sign-up, who is `person` or new, a member, who gets a personal link."""
    brigade, said = sign_up.brigade, sign_up.details
    if brigade is None:
        raise AssertionError("who joins, joins a brigade")
    taken = sign_up.person or taking_over.take_over(sign_up, person, by=by)
    member = brigade_members.add(
        brigade,
        taken,
        {
            "role": role,
            "status": MemberStatus.CONFIRMED,
            "since": None,
            "until": None,
            "skills": said.get("skills"),
            "languages": said.get("languages") or [],
            "channel": Channel.EMAIL if sign_up.email else Channel.PHONE,
        },
    )
    decisions.decide(sign_up, Decision.ACCEPTED, None, by=by)
    brigade_members.send_link(member)
    return member


def decline(sign_up: SignUp, reason: str | None, *, by: User) -> None:
    """Decline that somebody joins, and tell them why."""
    decisions.check_reason(reason)
    decisions.decide(sign_up, Decision.DECLINED, reason, by=by)
    decisions.tell(sign_up)


def details_of(
    role_id: int | None, skills: str | None, languages: list[str], availability: str | None
) -> dict[str, Any]:
    """Return what a sign-up keeps of what somebody offers."""
    return {"role_id": role_id, "skills": skills, "languages": languages, "availability": availability}
