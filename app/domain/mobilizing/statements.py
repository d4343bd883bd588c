"""Statements: written in several languages, and published in versions that never change."""

import hashlib
from typing import TypedDict

from app import clock
from app.domain.accounts import audit, removals
from app.domain.mail import deliveries
from app.domain.mobilizing import sign_ups, signing
from app.domain_errors import DomainError
from app.extensions import db
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.sign_ups import SignUp, SignUpKind
from app.models.mobilizing.statements import Statement, StatementVersion
from app.queries.mobilizing import statements as statement_queries
from app.text import N_

CHANGED = N_("The text has been changed since you opened this page. Read it again, then sign.")


class StatementValues(TypedDict):
    """What a statement says, by language."""

    titles: dict[str, str]
    texts: dict[str, str]


def create(campaign: Campaign, values: StatementValues) -> Statement:
    """Write a statement; nobody can sign it before it is published."""
    statement = Statement(campaign_id=campaign.id, created_at=clock.now())
    _write(statement, values)
    db.session.add(statement)
    db.session.flush()
    audit.note(statement, "recorded", {}, _facts(statement))
    return statement


def update(statement: Statement, values: StatementValues) -> None:
    """Change the text; what was published, and who signed it, stays as it is."""
    with audit.changing(statement, _facts):
        _write(statement, values)


def publish(statement: Statement) -> StatementVersion:
    """Freeze the text as the version that is signed from now on.

    Those who signed an earlier version stay on it. Each is asked by email whether to sign the new one.
    Raises DomainError if this text has been published already.
    """
    if not statement.is_changed:
        raise DomainError(None, N_("This text has already been published."))
    version = StatementVersion(
        campaign_id=statement.campaign_id,
        number=len(statement.versions) + 1,
        titles=dict(statement.titles),
        texts=dict(statement.texts),
        published_at=clock.now(),
    )
    version.sha256 = hashlib.sha256(version.content()).hexdigest()
    statement.versions.append(version)
    db.session.flush()
    audit.note(statement, "published", {}, {"version": version.number})
    deliveries.queue_new_version(version.number, statement_queries.written_to(version), clock.now())
    return version


def sign_anew(earlier: SignUp, version: StatementVersion) -> SignUp:
    """Sign a later version with what was entered for an earlier one; the link that leads here proves the address.

    Raises DomainError if the earlier signature does not count, or the version is not the latest.
    """
    if not earlier.is_confirmed or earlier.version is None or earlier.version.statement_id != version.statement_id:
        raise DomainError(None, N_("You have withdrawn. Sign the statement on its page instead."))
    check_current(version)
    names = (
        "campaign_id", "name", "email", "phone", "locale", "country", "locality", "organization_name", "mandate",
        "decided_on", "is_named", "details", "consent_text", "person_id",
    )  # fmt: skip
    known = {name: getattr(earlier, name) for name in names}
    standing = statement_queries.signature_like(earlier, version)
    if standing is not None:
        return standing
    again = SignUp(kind=SignUpKind.SIGN, version_id=version.id, asked_at=clock.now(), **known)
    db.session.add(again)
    db.session.flush()
    sign_ups.confirm(again)
    return again


def close(statement: Statement) -> None:
    """Take no more signatures; the page stays, and so does who has signed."""
    if statement.published is None:
        raise DomainError(None, N_("It has not been published."))
    if statement.closed_at is None:
        with audit.changing(statement, _facts):
            statement.closed_at = clock.now()


def reopen(statement: Statement) -> None:
    """Take signatures again."""
    with audit.changing(statement, _facts):
        statement.closed_at = None


def sweep() -> None:
    """Delete statements that were removed too long ago to be restored, with their signatures."""
    removals.forget(Statement)


def check_current(version: StatementVersion) -> None:
    """Raise DomainError if a version is no longer the one that is signed, or if it takes no more signatures."""
    signing.check_open(version)
    if version.statement.published is not version:
        raise DomainError(None, CHANGED)


def check_texts(*words: str | None) -> None:
    """Raise DomainError unless there is a title and a text in at least one language, and both in each.

    `words` are title and text in turn.
    """
    pairs = list(zip(words[::2], words[1::2], strict=True))
    if any(bool(title) != bool(text) for title, text in pairs):
        raise DomainError(None, N_("Write both the title and the text in each language that you use."))
    if not any(title for title, _text in pairs):
        raise DomainError(None, N_("Write the statement in at least one language."))


def _facts(statement: Statement) -> audit.Facts:
    return {"headline": dict(statement.titles), "text": dict(statement.texts), "closed_at": statement.closed_at}


def _write(statement: Statement, values: StatementValues) -> None:
    titles = {language: title for language, title in values["titles"].items() if title}
    texts = {language: text for language, text in values["texts"].items() if text}
    check_texts(*(words for language in (titles | texts) for words in (titles.get(language), texts.get(language))))
    statement.titles, statement.texts = titles, texts
