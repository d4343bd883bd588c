"""Which rows are due at a cutoff: a condition for each table that a kind of data is in. Emptied rows are not due again."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, or_, select

from app.models.actions.follow_ups import FollowUp
from app.models.campaigns.subscriptions import AddressChange, Subscription, SubscriptionRequest, SubscriptionStatus
from app.models.imports.imports import Import, ImportStatus
from app.models.mail.deliveries import Delivery, MailboxLetter
from app.models.mobilizing.mobilizations import Mobilization
from app.models.mobilizing.sign_ups import SignUp, SignUpKind
from app.models.mobilizing.statements import Statement, StatementVersion
from app.models.oversight.lines import LogLine, LogValues
from app.models.people.interactions import Interaction
from app.models.people.people import Person
from app.models.travel.check_ins import HelpCall
from app.models.travel.journeys import Leg
from app.queries.privacy.retention_ties import (
    Cutoff,
    calling_for_help,
    campaigns_over,
    closed_actions,
    congresses_over,
    is_over,
    mobilizations_over,
    needed,
    of_person,
    taking_part,
)

Due = Callable[[Cutoff], ColumnElement[bool]]
"""Returns the condition that a row is due at a cutoff."""


def of_people_taking_part(model: Any, *filled: ColumnElement[bool]) -> Due:
    """Return the condition for rows of people who take part in nothing any more."""
    return lambda cutoff: and_(*filled, of_person(model, taking_part(cutoff)))


def of_people_needed(model: Any, *filled: ColumnElement[bool]) -> Due:
    """Return the condition for rows of people who take part in nothing any more and are not needed for their own sake."""
    return lambda cutoff: and_(*filled, of_person(model, needed(cutoff)))


def answered(model: Any) -> Due:
    """Return the condition for answers with a note, except of delegates whose call for help is open."""
    return lambda cutoff: and_(
        model.note.is_not(None),
        model.congress_id.in_(congresses_over(cutoff)),
        model.delegate_id.not_in(calling_for_help()),
    )


def nationality(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for people with a nationality."""
    filled = or_(Person.nationality.is_not(None), Person.nationality_digest.is_not(None))
    return and_(filled, Person.removed_at.is_(None), Person.id.not_in(taking_part(cutoff)))


def said(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for interactions with a note, of people who take part in nothing any more."""
    tied = Interaction.person_id.in_(taking_part(cutoff))
    times = (Interaction.occurred_at <= cutoff.instant, Interaction.created_at <= cutoff.instant)
    return and_(
        Interaction.body.is_not(None), is_over(Interaction, cutoff), *times,
        or_(Interaction.person_id.is_(None), ~tied),
    )  # fmt: skip


def of_closed_action(model: Any) -> Due:
    """Return the condition for rows that belong to closed actions."""
    return lambda cutoff: and_(
        model.follow_up_id.in_(select(FollowUp.id).where(closed_actions(cutoff))), model.created_at <= cutoff.instant
    )


def _signed_up(*kinds: SignUpKind) -> ColumnElement[bool]:
    """Return the condition for sign-ups that count and still have an address; the hourly sweep deletes those of the others."""
    counts = (SignUp.confirmed_at.is_not(None), SignUp.withdrawn_at.is_(None))
    return and_(SignUp.kind.in_(kinds), *counts, or_(SignUp.email.is_not(None), SignUp.phone.is_not(None)))


def attending(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for sign-ups of who attended or hosted a mobilization, or has only proposed one."""
    over = mobilizations_over(cutoff)
    elsewhere = and_(SignUp.mobilization_id.is_(None), SignUp.campaign_id.in_(campaigns_over(cutoff)))
    return and_(_signed_up(SignUpKind.ATTEND, SignUpKind.HOST), or_(SignUp.mobilization_id.in_(over), elsewhere))


def signing(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for sign-ups of who signed a statement that was closed."""
    closed = select(StatementVersion.id).join(Statement, Statement.id == StatementVersion.statement_id)
    return and_(_signed_up(SignUpKind.SIGN), SignUp.version_id.in_(closed.where(Statement.closed_at <= cutoff.instant)))


def of_campaign(kind: SignUpKind) -> Due:
    """Return the condition for sign-ups of a kind in campaigns that have ended."""
    return lambda cutoff: and_(_signed_up(kind), SignUp.campaign_id.in_(campaigns_over(cutoff)))


def unconfirmed(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for subscriptions that nobody confirmed, and that were not asked for again."""
    later = select(SubscriptionRequest.subscription_id).where(SubscriptionRequest.requested_at > cutoff.instant)
    return and_(
        Subscription.status == SubscriptionStatus.UNCONFIRMED, Subscription.requested_at <= cutoff.instant,
        Subscription.id.not_in(later),
    )  # fmt: skip


def ended_subscription(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for subscriptions that their owners ended, to campaigns that have ended as well.

    As long as a campaign goes on, the row keeps its owner from being subscribed again by somebody else.
    """
    ended = (Subscription.status == SubscriptionStatus.UNSUBSCRIBED, Subscription.unsubscribed_at <= cutoff.instant)
    return and_(*ended, Subscription.campaign_id.in_(campaigns_over(cutoff)))


def sent(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for letters that were sent, withdrawn or could not be sent."""
    over = or_(Delivery.sent_at.is_not(None), Delivery.withdrawn_at.is_not(None), Delivery.failed_at.is_not(None))
    sent_at = or_(Delivery.sent_at.is_(None), Delivery.sent_at <= cutoff.instant)
    return and_(over, sent_at, Delivery.due_at <= cutoff.instant)


def imported(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for imports that still have samples of the cells of their file."""
    written_at = or_(Import.written_at.is_(None), Import.written_at <= cutoff.instant)
    done = (Import.status.in_((ImportStatus.WRITTEN, ImportStatus.UNDONE)), Import.created_at <= cutoff.instant)
    filled = [cast(column, Text).not_in(("[]", "{}")) for column in (Import.samples, Import.top, Import.unknown)]
    return and_(*done, written_at, or_(*filled))


def logged(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for values of lines of the audit log."""
    return LogValues.number.in_(select(LogLine.number).where(LogLine.at <= cutoff.instant))


def people(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for people who take part in nothing any more."""
    return and_(Person.removed_at.is_(None), Person.id.not_in(needed(cutoff)))


def closed_help_call(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for closed calls for help with a note."""
    over = HelpCall.congress_id.in_(congresses_over(cutoff))
    return and_(HelpCall.closing_note.is_not(None), HelpCall.closed_at <= cutoff.instant, over)


def booked(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for legs with a booking reference."""
    return and_(Leg.booking_reference.is_not(None), Leg.congress_id.in_(congresses_over(cutoff)))


def closed_action(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for closed actions with a note."""
    return and_(FollowUp.note.is_not(None), closed_actions(cutoff))


def with_contact(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for mobilizations with a contact."""
    return and_(Mobilization.contact.is_not(None), Mobilization.id.in_(mobilizations_over(cutoff)))


def subscribed(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for subscriptions to campaigns that have ended."""
    return Subscription.campaign_id.in_(campaigns_over(cutoff))


def changed_address(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for changes of a subscriber's address."""
    return AddressChange.requested_at <= cutoff.instant


def received(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for letters in the mailbox of the application."""
    return MailboxLetter.received_at <= cutoff.instant
