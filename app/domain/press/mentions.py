"""Whom articles name."""

from app import clock
from app.domain.accounts import audit
from app.domain_errors import DomainError
from app.extensions import db
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.people.records import Record, is_person
from app.models.press.articles import Article
from app.models.press.mentions import Mention, MentionKind
from app.queries.press import mentions as mention_queries
from app.text import N_


def add(article: Article, record: Record, kind: MentionKind) -> Mention:
    """Record that an article names a person or an organization; the history of that record tells it, not the article's.

    Raises DomainError on `person` or `organization` if it is recorded already.
    """
    check_new(article, record)
    noun = "person" if is_person(record) else "organization"
    mention = Mention(article=article, kind=kind, created_at=clock.now(), **{noun: record})
    with audit.changing(record, _facts):
        db.session.add(mention)
    return mention


def remove(mention: Mention) -> None:
    """Remove a mention."""
    record = mention.person or mention.organization
    if record is not None:
        with audit.changing(record, _facts):
            db.session.delete(mention)


def check_new(article: Article, record: Record | None) -> None:
    """Raise DomainError on the field of a record if the article names it already."""
    if record is not None and mention_queries.of_both(article.id, record) is not None:
        raise DomainError("person" if is_person(record) else "organization", N_("This article already names this one."))


def check_one(person: Person | None, organization: Organization | None) -> None:
    """Raise DomainError on `person` unless there is either a person or an organization."""
    if (person is None) is (organization is None):
        raise DomainError("person", N_("Choose either a person or an organization."))


def _facts(record: Record) -> audit.Facts:
    return {"mentions": [one.article.headline for one in mention_queries.of_record(record)]}
