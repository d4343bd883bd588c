"""The texts that letters to targets begin with, and how many were sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.extensions import db
from app.models.mobilizing.letters import LetterText, SentLetter
from app.models.mobilizing.targets import Target
from app.queries.lookup import kept, one
from app.queries.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class Tally:
    """How many letters were sent in a campaign: altogether, by the country of the sender, and by language."""

    total: int
    countries: list[tuple[str | None, int]]
    languages: list[tuple[str, int]]


def get_text(campaign_id: int, text_id: int) -> LetterText:
    """Return a text of a campaign."""
    return one(LetterText, LetterText.id == text_id, LetterText.campaign_id == campaign_id)


def find_texts(campaign_id: int, number: int) -> Page[LetterText]:
    """Return a page of the texts of a campaign, by language."""
    found = select(LetterText).where(LetterText.campaign_id == campaign_id)
    return page_of(found.order_by(LetterText.letter_language, LetterText.id), number)


def texts(campaign_id: int, languages: Sequence[str]) -> list[LetterText]:
    """Return all texts of a campaign: those in the first of some languages, then in the next, then the others."""
    found = db.session.scalars(select(LetterText).where(LetterText.campaign_id == campaign_id).order_by(LetterText.id))
    ranks = {language: rank for rank, language in reversed(list(enumerate(languages)))}
    return sorted(found, key=lambda text: (ranks.get(text.letter_language, len(ranks)), text.letter_language))


def counts(campaign_id: int) -> dict[int, int]:
    """Return how many letters were sent to each target of a campaign, by the id of the target."""
    found = _sent(campaign_id, SentLetter.target_id)
    return {row[0]: row[1] for row in db.session.execute(found)}


def tally(campaign_id: int) -> Tally:
    """Return how many letters were sent in a campaign, most first; those to removed targets do not count."""
    countries = db.session.execute(_sent(campaign_id, SentLetter.country)).all()
    languages = db.session.execute(_sent(campaign_id, SentLetter.locale)).all()
    return Tally(
        sum(count for _language, count in languages),
        [(country, count) for country, count in countries],
        [(language, count) for language, count in languages],
    )


def _sent(campaign_id: int, by: Any) -> Any:
    counted = select(by, func.count()).select_from(SentLetter).join(SentLetter.target)
    counted = counted.where(SentLetter.campaign_id == campaign_id, kept(Target))
    return counted.group_by(by).order_by(func.count().desc(), by)
