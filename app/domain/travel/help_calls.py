"""Calls for help: the coordinators are notified at once, and a call stays open until a person closes it."""

from typing import cast

from sqlalchemy import Table

from app import clock
from app.dialects.many_rows import insert_missing
from app.domain.mail import deliveries
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.congress.delegations import Delegate
from app.models.mail.deliveries import DeliveryKind
from app.models.travel.check_ins import HelpCall
from app.queries.accounts import accounts
from app.queries.travel import help_calls
from app.text import N_


def call(delegate: Delegate) -> HelpCall:
    """Open a delegate's call for help, if none is open, and email the coordinators.

    If a delegate calls again while the call is open, another email is sent, at most one a minute. Two calls at the
    same moment are one.
    """
    now = clock.now()
    row = {"congress_id": delegate.congress_id, "delegate_id": delegate.id, "called_at": now}
    reason = "the row is of the congress of its delegate, who was read in scope"
    insert_missing(db.session, cast("Table", HelpCall.__table__), [row], unscoped=reason)
    opened = help_calls.open_of(delegate)
    if opened is None:
        raise DomainError(None, N_("This help request was closed at the same time. Ask for help again."))
    for user in accounts.coordinators(delegate.congress_id):
        deliveries.queue(
            DeliveryKind.HELP_CALL,
            user=user,
            occasion=f"help:{opened.id}:{now:%Y-%m-%dT%H:%M}",
            due_at=now,
            help_call_id=opened.id,
        )
    return opened


def close(one: HelpCall, *, by: User, note: str | None) -> None:
    """Close a call, with who closed it and why. Closing it twice keeps the first."""
    if not one.is_open:
        raise DomainError(None, N_("Someone has already closed this request."))
    one.closed_at, one.closed_by_id, one.closing_note = clock.now(), by.id, note
    db.session.flush()
