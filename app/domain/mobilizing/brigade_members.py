"""The members of brigades."""

from datetime import date
from typing import TypedDict

from app import clock
from app.domain.accounts import audit
from app.domain.mail import deliveries
from app.domain.people import consents
from app.domain.people.periods import check_order
from app.domain_errors import DomainError
from app.extensions import db
from app.models.mail.deliveries import DeliveryKind
from app.models.mobilizing.brigades import Brigade, BrigadeMember, BrigadeRole, Channel, MemberStatus
from app.models.people.consents import ConsentPurpose
from app.models.people.people import Person
from app.text import N_


class MemberValues(TypedDict):
    """What is recorded about a person's part in a brigade."""

    role: BrigadeRole | None
    status: MemberStatus
    since: date | None
    until: date | None
    skills: str | None
    languages: list[str]
    channel: Channel


def add(brigade: Brigade, person: Person, values: MemberValues) -> BrigadeMember:
    """Add a person to a brigade.

    Raises DomainError on `person` for one who is in it already, and on `until` if it is before the first day.
    """
    check_dates(values["since"], values["until"])
    if any(member.person_id == person.id for member in brigade.members):
        raise DomainError("person", N_("This person is already in the brigade."))
    member = BrigadeMember(campaign_id=brigade.campaign_id, person=person, created_at=clock.now(), **values)
    brigade.members.append(member)
    db.session.flush()
    audit.note(member, "recorded", {}, _facts(member))
    return member


def update(member: BrigadeMember, values: MemberValues) -> None:
    """Change a person's part in a brigade; raises DomainError on `until` if it is before the first day."""
    check_dates(values["since"], values["until"])
    with audit.changing(member, _facts):
        for name, value in values.items():
            setattr(member, name, value)


def remove(member: BrigadeMember) -> None:
    """Remove a person from a brigade; the person stays recorded."""
    brigade, status = member.brigade, member.status
    audit.forget(member)
    db.session.delete(member)
    db.session.flush()
    db.session.expire(brigade, ["members"])
    audit.note(brigade, "member removed", {"member_status": status}, {})


def confirm(member: BrigadeMember) -> None:
    """Record that a person who was asked takes part."""
    with audit.changing(member, _facts):
        member.status = MemberStatus.CONFIRMED


def decline(member: BrigadeMember) -> None:
    """Record that a person who was asked does not take part."""
    with audit.changing(member, _facts):
        member.status = MemberStatus.LEFT


def set_asks(member: BrigadeMember, *, wanted: bool) -> None:
    """Record whether a member wants to be asked after each shift."""
    member.no_more_asks_at = None if wanted else clock.now()
    db.session.flush()


def renew_link(member: BrigadeMember) -> None:
    """Invalidate the personal links that a member has received so far."""
    member.link_number += 1
    db.session.flush()


def renew_calendar(member: BrigadeMember) -> None:
    """Invalidate the addresses of a member's calendar so far."""
    member.calendar_number += 1
    db.session.flush()


def send_links(brigade: Brigade) -> int:
    """Queue an email with the personal link to each member who is asked by email; return the number of new ones.

    A renewed link makes a new email; the same link is not sent twice.
    """
    return sum(send_link(member) for member in brigade.members)


def send_link(member: BrigadeMember) -> bool:
    """Queue an email with the personal link to a member who is asked by email; return whether it is new."""
    if member.has_left or member.channel is not Channel.EMAIL or not member.reached_at:
        return False
    return deliveries.queue(
        DeliveryKind.BRIGADE_LINK,
        person=member.person,
        occasion=f"brigade member:{member.id}:{member.link_number}",
        due_at=clock.now(),
        brigade_member_id=member.id,
    )


def address_for(member: BrigadeMember) -> str | None:
    """Return the address to which emails about a brigade are sent; None if the member left or is not asked by email."""
    is_gone = member.has_left or member.brigade.removed_at is not None
    consent = consents.state(member.person)[ConsentPurpose.EMAIL]
    is_withdrawn = consent is not None and consent.is_withdrawn
    return None if is_gone or is_withdrawn or member.channel is not Channel.EMAIL else member.reached_at


def check_dates(since: date | None, until: date | None) -> None:
    """Raise DomainError if the last day is before the first."""
    check_order(since, until, "until")


def _facts(member: BrigadeMember) -> audit.Facts:
    role = [[member.role.kind.value, member.role.name, member.role.needed]] if member.role else []
    told = audit.facts_of(member, ("since", "until", "skills", "languages", "channel"))
    return {"member_status": member.status} | told | {"brigade_roles": role}
