"""Statements: frozen when they are published, and signed in the version that the signer has seen."""

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.mobilizing import sign_ups, statements
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mobilizing.sign_ups import Mandate
from app.queries.mobilizing import statements as statement_queries

NEW = {"titles": {"en": "Peace"}, "texts": {"en": "Another text."}}


@pytest.fixture
def statement(make):
    return make.statement(make.campaign(open_to_sign_ups=True))


def notices():
    db.session.commit()
    deliver_due()
    sent = select(Delivery.sign_up_id).where(Delivery.kind == DeliveryKind.NEW_VERSION, Delivery.sent_at.is_not(None))
    return sorted(db.session.scalars(sent))


def test_the_hash_is_that_of_the_text_in_all_languages(statement):
    version = statement.published
    assert version.sha256 == hashlib.sha256(version.content()).hexdigest()
    assert json.loads(version.content()) == {
        language: {"title": title, "text": statement.texts[language]} for language, title in statement.titles.items()
    }


def test_editing_leaves_what_was_published_as_it_was(statement):
    version = statement.published
    before = version.content()
    statements.update(statement, NEW)
    db.session.expire_all()
    assert (version.content(), statement.is_changed, statement.published) == (before, True, version)


def test_the_same_text_is_published_once(statement):
    with pytest.raises(DomainError):
        statements.publish(statement)


@pytest.mark.parametrize("values", [{"titles": {"en": "Peace"}, "texts": {}}, {"titles": {}, "texts": {"en": "Text"}}, {"titles": {}, "texts": {}}])  # fmt: skip
def test_a_statement_needs_a_title_and_a_text_in_each_of_its_languages(make, values):
    with pytest.raises(DomainError):
        statements.create(make.campaign(), values)


def test_signatures_stay_on_the_version_that_was_seen_and_signers_are_asked_once(make, statement):
    first = statement.published
    ana, leo = make.signature(first), make.signature(first)
    gone, waiting = make.signature(first), make.signature(first, confirmed=False)
    sign_ups.withdraw(gone)
    statements.update(statement, NEW)
    second = statements.publish(statement)
    assert {one.version_id for one in (ana, leo, waiting)} == {first.id}
    assert notices() == [ana.id, leo.id]
    again = statements.sign_anew(ana, second)
    assert (again.version_id, again.email, again.is_confirmed, ana.version_id) == (second.id, ana.email, True, first.id)
    assert statements.sign_anew(ana, second) is again
    statements.update(statement, NEW | {"texts": {"en": "A third text."}})
    statements.publish(statement)
    assert notices() == sorted([ana.id, leo.id, leo.id, again.id])


def test_who_has_withdrawn_cannot_sign_anew(make, statement):
    signature = make.signature(statement.published)
    sign_ups.withdraw(signature)
    statements.update(statement, NEW)
    with pytest.raises(DomainError):
        statements.sign_anew(signature, statements.publish(statement))


def test_an_edition_counts_what_counted_at_its_instant(make, statement, at):
    version, now = statement.published, clock.now()
    at(now)
    early = make.signature(version, mandate=Mandate.PERSONAL)
    at(now + timedelta(hours=2))
    make.signature(version, mandate=Mandate.ASSEMBLY, organization_name="Union", decided_on=now.date())
    sign_ups.withdraw(early)
    at(now + timedelta(hours=4))
    make.signature(version, mandate=Mandate.PERSONAL)

    def counts(hours):
        found = statement_queries.tallies(version.id, now + timedelta(hours=hours))
        return {one.mandate: (one.counted, one.withdrawn) for one in found}

    assert counts(-1) == {}
    assert counts(1) == {Mandate.PERSONAL: (1, 0)}
    assert counts(3) == {Mandate.ASSEMBLY: (1, 0), Mandate.PERSONAL: (0, 1)}
    assert counts(5) == {Mandate.ASSEMBLY: (1, 0), Mandate.PERSONAL: (1, 1)}
    page = statement_queries.signatures(version.id, now + timedelta(hours=3), "")
    assert [one.mandate for one in page.rows] == [Mandate.ASSEMBLY, Mandate.PERSONAL]
    lines = list(statement_queries.edition(version.id, now + timedelta(hours=5)))
    assert [one.mandate for one in lines] == [Mandate.ASSEMBLY, Mandate.PERSONAL, Mandate.PERSONAL]


def test_every_signature_is_on_one_page_of_the_list(make, statement):
    version = statement.published
    mandates = [Mandate.PERSONAL, Mandate.OFFICER, Mandate.MEMBER] * 18
    given = {make.signature(version, mandate=one, organization_name="Union").id for one in mandates}
    seen, at = [], ""
    while at is not None:
        page = statement_queries.signatures(version.id, clock.now(), at)
        seen += [one.id for one in page.rows]
        at = page.next
    assert (set(seen), len(seen)) == (given, len(given))
    listed = list(statement_queries.edition(version.id, clock.now()))
    assert [one.mandate for one in listed] == sorted(
        (one.mandate for one in listed), key=statement_queries.MANDATES.index
    )
