"""Consents: given, withdrawn and given anew; the latest statement counts, also after a merge."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.people import consents, merges
from app.domain.people.merges import MergedPersonValues
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.people.consents import ConsentMeans, ConsentPurpose

EMAIL, PHOTOS = ConsentPurpose.EMAIL, ConsentPurpose.PHOTOS
SPRING, SUMMER, AUTUMN = date(2025, 3, 1), date(2025, 7, 1), date(2025, 10, 1)


def counts(person):
    """Return the purposes about which a person said something, and whether she agrees."""
    return {purpose: not one.is_withdrawn for purpose, one in consents.state(person).items() if one}


def test_a_consent_is_withdrawn_and_given_anew_and_every_row_stays(make):
    person = make.person()
    assert set(consents.state(person).values()) == {None}
    make.consent(person, given_at=SPRING, withdrawn_at=SUMMER)
    make.consent(person, PHOTOS, given_at=SPRING)
    assert counts(person) == {EMAIL: False, PHOTOS: True}
    make.consent(person, given_at=AUTUMN, words="Write again.")
    assert counts(person) == {EMAIL: True, PHOTOS: True}
    assert [one.words for one in consents.by_purpose(person)[EMAIL]] == ["Write again.", "Write to me."]


def test_a_consent_that_could_not_count_is_refused(make):
    person = make.person()
    withdrawn = make.consent(person, given_at=SPRING, withdrawn_at=SUMMER)
    make.consent(person, PHOTOS, given_at=SPRING)
    for purpose, day in ((EMAIL, SPRING), (EMAIL, SUMMER), (PHOTOS, SPRING), (PHOTOS, tomorrow_and_later())):
        with pytest.raises(DomainError) as refused:
            consents.check_given(person, purpose, day)
        assert refused.value.field == "given_at"
    with pytest.raises(DomainError, match="already been withdrawn"):
        consents.withdraw(withdrawn, AUTUMN, ConsentMeans.PHONE, by=None)
    for day in (SPRING - timedelta(days=1), tomorrow_and_later()):
        with pytest.raises(DomainError) as refused:
            consents.check_withdrawal(withdrawn, day)
        assert refused.value.field == "withdrawn_at"


def tomorrow_and_later():
    return clock.now().date() + timedelta(days=2)


@pytest.mark.parametrize(
    ("kept", "gone", "agrees"),
    [
        ((SPRING, None), (SPRING, SUMMER), False),
        ((SPRING, SUMMER), (SUMMER, None), False),  # on the same day, the withdrawal counts
        ((SPRING, SUMMER), (AUTUMN, None), True),
        ((AUTUMN, None), (SPRING, SUMMER), True),
    ],
)
def test_of_two_people_who_are_merged_the_latest_statement_counts_and_both_rows_stay(make, kept, gone, agrees):
    one, other = make.person("Rosa", "Luz"), make.person("Rosa", "Luz")
    for person, (given_at, withdrawn_at) in ((one, kept), (other, gone)):
        make.consent(person, given_at=given_at, withdrawn_at=withdrawn_at)
    merges.merge_people(one, other, merges.combined(MergedPersonValues, one, other), by=None)
    db.session.commit()
    assert counts(one) == {EMAIL: agrees}
    assert len(consents.by_purpose(one)[EMAIL]) == 2


def test_the_history_tells_purposes_and_never_words(make):
    person = make.person()
    make.consent(person, words="Secret words", withdrawn_at=SUMMER)
    about = select(AuditEntry).where(AuditEntry.person_id == person.id).order_by(AuditEntry.id)
    entries = db.session.scalars(about).unique().all()
    told = [entry.after["consents"] for entry in entries if "consents" in entry.after]
    assert told == [[["email", False]], [["email", True]]]
    assert "Secret" not in str([(entry.before, entry.after) for entry in entries])
