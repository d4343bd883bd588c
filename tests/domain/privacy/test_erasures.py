"""Erasing a person leaves no copy, and what counts goes on to count."""

from datetime import timedelta

import pytest
from flask import current_app
from sqlalchemy import select

from app import clock
from app.attached_files import Shelf
from app.backups import age, archive, folders, journal, making
from app.domain.accounts import audit
from app.domain.privacy import erasures
from app.domain.recording import recording
from app.domain_errors import DomainError
from app.extensions import Base, db
from app.jobs.privacy.cleaning import clean, erase_again
from app.models.actions.follow_ups import FollowUp
from app.models.congress.delegations import Delegation
from app.models.mobilizing.sign_ups import OWNER_PLACE, SignUp
from app.models.people.people import Person
from app.models.privacy.erasures import ConsentProof, Erasure
from app.models.removing import REMOVED
from app.models.types import digest_of_address, keyring_of
from app.queries.accounts import log
from app.queries.privacy import suppressions
from app.queries.privacy.subjects import subject_of
from tests.conftest import House
from tests.databases import migrated, settings_for
from tests.domain.privacy.canary import EMAIL, NAME, NEW_EMAIL, TRACES, Canary, in_files, in_tables

WORDS = "six random words that nobody guesses"


@pytest.fixture
def canary(make):
    return Canary(make)


def erase(person, by=None):
    erasure = erasures.erase(person, by=by)
    db.session.commit()
    return erasure


def settings():
    return current_app.config["SETTINGS"]


def test_no_table_has_anything_of_a_person_who_was_erased(canary):
    assert len(in_tables()) > 15
    erase(canary.person, by=canary.alice)
    assert clean(settings())
    assert in_tables() == {}


def test_histories_and_changes_of_others_that_name_her_are_emptied_also_where_they_are_encrypted(canary, make):
    organization = make.organization(f"Friends of {NAME}")
    with recording("organizations.edit", f"Friends of {NAME}", by=canary.alice):
        organization.name = "Friends"
        audit.note(organization, "updated", {"name": f"Friends of {NAME}"}, {"name": "Friends"})
    db.session.commit()
    erase(canary.person, by=canary.alice)
    assert clean(settings())
    assert in_tables() == {}
    with db.engine.connect() as connection:
        rows = [
            str(tuple(row)).lower()
            for table in Base.metadata.sorted_tables
            for row in connection.execute(select(table))
        ]
    assert [one for one in TRACES if any(one in row for row in rows)] == []


def test_what_she_took_part_in_counts_without_her(canary):
    signature_id, delegation_id = canary.signature.id, canary.delegation.id
    erasure = erase(canary.person, by=canary.alice)
    signature = db.session.get(SignUp, signature_id)
    assert (signature.is_confirmed, signature.name, signature.email, signature.country) == (True, "", None, "CO")
    assert db.session.get(Delegation, delegation_id).erased_delegates == 1
    assert set(erasure.person_ids) == canary.ids
    assert erasure.counts["people"] == 1
    assert erasure.by_id == canary.alice.id


def test_her_addresses_are_suppressed_and_her_consents_can_be_proved_by_them(canary):
    erase(canary.person)
    assert suppressions.among({EMAIL, NEW_EMAIL}) == {EMAIL, NEW_EMAIL}
    proofs = db.session.scalars(select(ConsentProof).where(ConsentProof.digest == EMAIL))
    assert {one.how.value for one in proofs} == {"paper"}


def test_the_log_says_that_somebody_was_erased_and_its_chain_is_whole(canary):
    erase(canary.person)
    verdict = log.verify()
    assert verdict.is_whole
    assert verdict.erased > 0


def test_her_open_actions_go_back_to_who_assigned_them(canary):
    erase(canary.person, by=canary.alice)
    held = db.session.scalars(select(FollowUp).where(FollowUp.title == "Call the consulate")).one()
    assert held.assignee_id == canary.alice.id


def test_who_was_removed_before_can_be_erased(make):
    person = make.person("Gone", "Long", congress=make.congress(), email="gone@example.org")
    person.removed_at = clock.now() - timedelta(days=3)
    db.session.commit()
    other = make.person("Also", "Gone", congress=make.congress())
    other.removed_at = clock.now() - timedelta(days=3)
    erase(person)
    assert db.session.scalars(select(Person.given_name), execution_options=REMOVED).all() == ["Also"]


def test_what_others_have_too_is_not_hers(make):
    congress, campaign = make.congress(), make.campaign()
    person, other = (make.person(name, congress=congress, email="office@example.org") for name in ("Rosa", "Ana"))
    make.subscription(campaign, "office@example.org")
    assert subject_of(person).shared == {"office@example.org"}
    counts = erase(person).counts
    assert "subscriptions" not in counts
    assert suppressions.totals() == {}
    assert db.session.get(Person, other.id).email == "office@example.org"


def test_a_signature_of_which_only_a_digest_of_the_address_is_left_is_found_and_loses_the_name(make):
    signature = make.sign_up(make.campaign(), name="Rosa Luz", email="rosa@example.org")
    digest = keyring_of(db.engine.dialect).digest("rosa@example.org", OWNER_PLACE)
    signature.email, signature.owner_digest = None, digest
    erase(make.person("Rosa", "Luz", congress=make.congress(), email="rosa@example.org"))
    db.session.refresh(signature)
    assert (signature.is_confirmed, signature.name) == (True, "")
    assert signature.owner_digest not in (None, digest)


def test_who_has_an_account_is_not_erased_until_it_is_removed(make):
    person, user = (
        make.person("Rosa", "Luz", congress=make.congress(), email="rosa@example.org"),
        make.user("Rosa", email="rosa@example.org"),
    )
    with pytest.raises(DomainError):
        erase(person)
    user.removed_at = clock.now()
    erase(person)
    db.session.refresh(user)
    assert (user.name, "rosa" in user.email) == ("…", False)


def test_who_is_brought_back_by_a_backup_is_erased_again_and_nobody_with_the_same_number(make):
    congress, at = make.congress(), clock.now()
    earlier, later = make.person("Rosa", "Luz", congress=congress), make.person("New", "Here", congress=congress)
    earlier.created_at, later.created_at = at - timedelta(days=1), at + timedelta(days=1)
    db.session.commit()
    digest = digest_of_address(EMAIL, db.engine.dialect)
    journal.write(settings().backups_dir, [journal.Erased(at.isoformat(), (earlier.id, later.id), (digest,))])
    try:
        assert erase_again(settings()) == 1
    finally:
        (settings().backups_dir / journal.NAME).unlink()
    assert db.session.scalars(select(Person.given_name)).all() == ["New"]
    assert suppressions.among({EMAIL}) == {EMAIL}


def test_no_file_has_anything_of_her_and_backups_only_until_they_expire(tmp_path):
    var = tmp_path / "var"
    var.mkdir()
    app = migrated(settings_for(var, backup_passphrase=WORDS))
    house, to = House(app), age.Passphrase(WORDS, 10)
    with house.open() as make, app.test_request_context(base_url="http://encuentro.test"):
        canary = Canary(make)
        keys = [canary.file.key]
        shelf = Shelf(settings().attachments_dir)
        assert shelf.read(keys[0]) == NAME.encode()
        now = clock.now()
        made = making.make(settings(), db.engine, to, now, folder=settings().backups_dir)
        db.session.rollback()
        assert {"encuentro.db"} <= {one.partition("-")[0] for one in in_files(var)}
        assert in_files(unpacked(made.path, to, tmp_path / "before"))
        erase(canary.person, by=canary.alice)
        assert clean(settings())
        assert in_files(var) == {}
        assert shelf.read(keys[0]) is None
        later = making.make(settings(), db.engine, to, now + timedelta(days=40), folder=settings().backups_dir)
        assert folders.stored(settings().backups_dir) == [later.path]
        assert in_files(unpacked(later.path, to, tmp_path / "after")) == {}
        assert db.session.scalars(select(Erasure)).one().file_keys == []
        db.session.rollback()
        db.engine.dispose()


def unpacked(path, to, folder):
    folder.mkdir()
    archive.unpack(path, to, folder)
    return folder
