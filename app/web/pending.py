"""Forms of records that the house shares: what somebody changes who does not use the record waits for those who do."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask, g, url_for
from flask_babel import gettext

from app.domain import pending, pending_parts
from app.models.accounts.pending import PendingChange
from app.models.people.organizations import Organization
from app.queries.accounts import pending as queries
from app.queries.accounts.pending import Record
from app.web.current_user import reader

_PAGES = {
    "articles": ("articles.show", "article_id"),
    "organizations": ("organizations.show", "organization_id"),
    "places": ("places.show", "place_id"),
    "crossings": ("crossings.edit", "crossing_id"),
}


def register(app: Flask) -> None:
    """Register what the templates need."""
    app.jinja_env.globals.update(may_decide=may_decide, page_of_change=page_of)


def page_of(change: PendingChange) -> str:
    """Return the address of the record that a change is about."""
    endpoint, name = _PAGES[change.subject]
    return url_for(endpoint, **{name: change.record.id})


def waits(record: Record) -> bool:
    """Return whether what the current user changes about a record waits for somebody else."""
    return not queries.may_change(record, g.held)


def filled(record: Record) -> dict[str, Any]:
    """Return what the current user has proposed, with which the form is filled, so that it can be continued."""
    own = queries.by(reader(), record) if waits(record) else None
    return pending.proposed_values(own) if own else {}


def saved(record: Record, values: Mapping[str, Any], write: Callable[[], object]) -> None:
    """Write a change of a record, or let it wait."""
    if waits(record):
        pending.propose(record, values, by=reader())
    else:
        write()


def saved_part(
    organization: Organization, name: str, values: Mapping[str, Any] | None, write: Callable[[], Any]
) -> Any:
    """Write a change of a name or a contact detail of an organization, or let it wait; `values` are None to remove it.

    `name` is that of the part, or of a list to which it is added.
    """
    if not waits(organization):
        return write()
    own = queries.by(reader(), organization)
    if not pending_parts.is_part(name):
        name = pending_parts.new_name(name, own.after if own else ())
    pending.propose(organization, {name: values}, by=reader())
    return organization


def done(record: Record, otherwise: str) -> Callable[[object], str]:
    """Return what the next page says: that the change waits if it does, otherwise that it was done."""

    def said(_saved: object) -> str:
        if not waits(record):
            return otherwise
        if queries.by(reader(), record) is None:
            return str(gettext("Nothing was changed."))
        return str(gettext("Your change waits until somebody who uses this record has accepted it."))

    return said


def of_record(record: Record) -> Sequence[PendingChange]:
    """Return the changes that wait on the page of a record."""
    return queries.of_record(record)


def to_decide() -> int:
    """Return the number of changes on which the current user decides."""
    return sum(may_decide(one) for one in queries.waiting())


def may_decide(change: PendingChange) -> bool:
    """Return whether the current user decides on a change."""
    return queries.may_decide(change, reader(), g.held)
