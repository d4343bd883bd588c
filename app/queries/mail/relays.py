"""Relays that take no emails at the moment."""

from urllib.parse import urlsplit

from sqlalchemy import select

from app.extensions import db
from app.models.mail.relays import RelayTrouble


def name_of(mail_url: str) -> str:
    """Return the name under which the relay of a MAIL_URL is known: host and port, and never an account."""
    server = urlsplit(mail_url)
    return f"{server.hostname or 'localhost'}:{server.port or server.scheme}"


def trouble(mail_url: str) -> RelayTrouble | None:
    """Return the trouble that a relay is in, or None if it takes emails."""
    found = select(RelayTrouble).where(RelayTrouble.relay == name_of(mail_url))
    return db.session.scalars(found.execution_options(populate_existing=True)).one_or_none()
