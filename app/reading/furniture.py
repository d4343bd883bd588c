"""Sentences that are never part of an excerpt."""

from app.reading.asides import is_aside
from app.reading.notices import CREDIT, DISCLAIMER, is_notice


def is_furniture(sentence: str) -> bool:
    """Return whether a sentence is a notice, disclaimer, credit or appeal, which does not belong in an excerpt."""
    beginning = sentence[:800]
    return is_aside(sentence) or is_notice(beginning) or bool(DISCLAIMER.search(beginning) or CREDIT.search(beginning))
