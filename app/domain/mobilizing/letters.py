"""Letters to targets: the texts that they begin with, and counting those that were sent."""

from typing import TypedDict

from app import clock
from app.domain.accounts import audit
from app.domain_errors import DomainError
from app.extensions import db
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.letters import LetterText, SentLetter
from app.models.mobilizing.targets import Target
from app.queries.mobilizing import targets as target_queries
from app.text import N_

ADDRESSEE = "{target}"
"""What stands in a text for the name of the target."""


class LetterTextValues(TypedDict):
    """A text that a letter can begin with."""

    letter_language: str
    subject: str
    body: str


def create_text(campaign: Campaign, values: LetterTextValues) -> LetterText:
    """Add a text that letters can begin with."""
    text = LetterText(campaign_id=campaign.id, created_at=clock.now(), **values)
    db.session.add(text)
    db.session.flush()
    audit.note(text, "recorded", {}, _facts(text))
    return text


def update_text(text: LetterText, values: LetterTextValues) -> None:
    """Change a text; letters that were begun with it are not known here."""
    with audit.changing(text, _facts):
        for name, value in values.items():
            setattr(text, name, value)


def remove_text(text: LetterText) -> None:
    """Remove a text. Its history ends; that of the campaign says so."""
    campaign, facts = text.campaign, _facts(text)
    audit.forget(text)
    db.session.delete(text)
    db.session.flush()
    audit.note(campaign, "letter text removed", facts, {})


def filled(text: str, target: Target) -> str:
    """Return a text with the name of a target."""
    return text.replace(ADDRESSEE, target.name)


def count(target: Target, *, country: str | None, locale: str) -> SentLetter:
    """Count a letter that somebody says to have sent; raises DomainError if nobody is asked to write any more."""
    if not target_queries.is_offered(target):
        raise DomainError(None, N_("Meanwhile, nobody is asked to write to this target any more. Thank you."))
    sent = SentLetter(
        campaign_id=target.campaign_id, target_id=target.id, country=country, locale=locale, sent_at=clock.now()
    )
    db.session.add(sent)
    db.session.flush()
    return sent


def _facts(text: LetterText) -> audit.Facts:
    return audit.facts_of(text, ("letter_language", "subject")) | {"text": text.body}
