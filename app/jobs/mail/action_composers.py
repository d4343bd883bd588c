"""The emails about actions, composed from current rows when they are sent; None if one is no longer needed."""

from app import clock
from app.domain.actions import escalations, reminders, telling
from app.domain.mail import deliveries
from app.domain.mobilizing import brigade_members
from app.emails.actions import assignments, mentions, shared_actions
from app.emails.actions import escalations as escalation_letters
from app.emails.actions import reminders as reminder_letters
from app.emails.mobilizing import brigade_actions
from app.emails.mobilizing.shifts import my_shifts_page
from app.extensions import db
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mobilizing.brigades import BrigadeMember
from app.models.scoping import in_every_scope
from app.queries.actions import brigades, follow_ups
from app.queries.actions import escalations as escalation_queries
from app.queries.actions import reminders as reminder_queries


def assignment(delivery: Delivery, user: User) -> Letter | None:
    """Compose the email about actions that were assigned to an account, or that it can begin now."""
    announced = _announced(delivery)
    if not announced:
        return None
    deliveries.announce_only(delivery.id, announced)
    return assignments.compose(announced, user, is_release=telling.is_release(delivery))


def _announced(delivery: Delivery) -> list[FollowUp]:
    """Return the actions that an email announces, unless it tells that they can be begun and they wait again."""
    is_release = telling.is_release(delivery)
    return [one for one in follow_ups.announced_by(delivery) if not (is_release and one.waits)]


def reminder(_delivery: Delivery, user: User) -> Letter | None:
    """Compose the daily letter, with the actions that the account may still see, and those of brigades that it coordinates."""
    until = clock.now() + reminders.AHEAD
    with in_every_scope():
        of_brigades = brigades.waiting(brigades.coordinated_by(user), until)
    waiting = reminder_queries.waiting_for(user, until)
    if not waiting.follow_ups and not of_brigades:
        return None
    return reminder_letters.compose(waiting, user, of_brigades)


def escalation(delivery: Delivery, user: User) -> Letter | None:
    """Compose the letter about actions that are still open, overdue and not waiting."""
    announced = escalation_queries.announced_by(delivery)
    escalations.put_off(one for one in announced if one.waits)
    found = [one for one in announced if not one.waits and escalations.is_told(one)]
    deliveries.announce_only(delivery.id, found)
    return escalation_letters.compose(found, user) if found else None


def mention(delivery: Delivery, user: User) -> Letter | None:
    """Compose the email to an account that a comment mentions."""
    return mentions.compose(db.session.get_one(FollowUp, delivery.follow_up_id), user)


def shared(delivery: Delivery) -> Letter | None:
    """Return the email to a person without an account about her actions, each with its own link, and about her brigades'."""
    person = delivery.person
    if person is None or not person.email:
        return None
    of_brigades: list[tuple[FollowUp, str]] = []
    if delivery.kind == DeliveryKind.ASSIGNMENT:
        found = _announced(delivery)
        deliveries.announce_only(delivery.id, found)
    else:
        until = clock.now() + reminders.AHEAD
        found = [*reminder_queries.waiting_for(person, until).follow_ups]
        members = [one for one in brigades.coordinated_by(person) if brigade_members.address_for(one)]
        of_brigades = [(one, my_shifts_page(member)) for one, member in brigades.waiting(members, until)]
    if not found and not of_brigades:
        return None
    is_new = delivery.kind == DeliveryKind.ASSIGNMENT
    return shared_actions.compose(found, person, of_brigades, is_new=is_new, is_release=telling.is_release(delivery))


def of_brigade(delivery: Delivery, user: User | None = None) -> Letter | None:
    """Compose the email to a coordinator, with or without an account, about actions that nobody of the brigade has taken yet."""
    member = db.session.get_one(BrigadeMember, delivery.brigade_member_id)
    if member.id not in {one.id for one in brigades.coordinated_by(user or member.person)}:
        return None
    address = user.email if user else brigade_members.address_for(member)
    found = _announced(delivery)
    deliveries.announce_only(delivery.id, found)
    if address is None or not found:
        return None
    return brigade_actions.compose(found, member, address, user, is_release=telling.is_release(delivery))
