"""Codes for what is wrong with a row, or what becomes of it. Pages turn them into sentences (app/wording/imports.py).

A reason is a list: the code, then the field that it is about or an empty string, then values.
"""

from enum import StrEnum


class Code(StrEnum):
    """Why a row is refused."""

    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    BAD_EMAIL = "bad_email"
    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_LANGUAGE = "unknown_language"
    BAD_DATE = "bad_date"
    BAD_NUMBER = "bad_number"
    DATES_REVERSED = "dates_reversed"
    ERROR_CELL = "error_cell"
    """An error of a formula, or a formula without a result."""
    IMPRECISE = "imprecise"
    """Digits were lost in the spreadsheet program."""
    CHARACTERS = "characters"
    """Characters that could not be decoded."""
    UNKNOWN_ORGANIZATION = "unknown_organization"
    SEVERAL_ORGANIZATIONS = "several_organizations"
    SAME_ORGANIZATION = "same_organization"
    """She would represent the organization that she is a member of."""
    SEVERAL_PEOPLE = "several_people"
    """Several recorded people match."""
    SEVERAL_WITH_KEY = "several_with_key"
    """Several recorded people have this address or number."""
    UNKNOWN_NUMBER = "unknown_number"
    """Nobody has the number that Encuentro is said to have given."""
    OTHER_NAME = "other_name"
    """The recorded person with this address or number has another name."""
    OTHER_NAME_ABOVE = "other_name_above"
    """The person of an earlier row with this address or number has another name."""
    NOT_EDITABLE = "not_editable"
    """She is visible through a delegation, but those who work on the congress may not edit her."""
    RULE = "rule"
    """A rule of the domain: in place of the field, its sentence; then the name, the type and the text of each value."""
    NO_COUNTRY = "no_country"
    CIRCLE = "circle"
    """Organizations that belong to each other in the file."""
    OTHER_ORGANIZATION = "other_organization"
    """The organization recorded with this address has another name."""
    NO_ORGANIZATION = "no_organization"
    SEVERAL_DELEGATIONS = "several_delegations"
    UNKNOWN_PERSON = "unknown_person"
    NO_DELEGATION = "no_delegation"
    MISSING = "missing"
    """An empty cell that is needed."""
    UNKNOWN_PLACE = "unknown_place"
    """No place is exactly called so; then suggestions."""
    SEVERAL_PLACES = "several_places"
    """Several places are called so; then these."""
    NEW_DELEGATION = "new_delegation"
    """No refusal: what else is recorded with the row."""
    NEW_PERSON = "new_person"
    """As above."""
    SUPPRESSED = "suppressed"
    """No refusal: an address in the row is never written to."""
    UNKNOWN_OPTION = "unknown_option"
    """None of the options of one of the house's own fields."""
    UNKNOWN_WORD = "unknown_word"
    """None of the words that can be in this column."""


Reason = list[str]


def reason(code: Code, field: str = "", *values: str) -> Reason:
    """Return a reason."""
    return [code.value, field, *values]
