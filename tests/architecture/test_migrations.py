"""Migrations lead from an empty database to the models and back, on both databases."""

import json
import re
from contextlib import ExitStack

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, inspect, select, text

from app import clock, create_app
from app.config import MIGRATIONS
from app.dialects import check_references, without_foreign_keys
from app.dialects.article_words import SEARCH_TABLE, found_words
from app.dialects.names import is_index
from app.dialects.references import settle_references
from app.domain.accounts import audit
from app.domain.campaigns import approvals, digests
from app.domain.congress import delegations
from app.domain.people import people
from app.domain.press import articles
from app.domain.recording import recording
from app.domain.travel import legs, parties, problems
from app.emails.campaigns import digests as letters
from app.extensions import Base, db
from app.migrating import downgrade, upgrade
from app.models.accounts.undo import UndoEntry
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation, DelegationStatus
from app.models.people.people import ContactDetail, ContactType, Person
from app.models.scoping import EVERYTHING, enter_scope
from app.models.travel.journeys import Direction
from app.reading.addresses import address_key
from app.text import words_of
from tests.architecture.ladder import Ladder
from tests.factories import Factories
from tests.models.test_scoping import Objects


@pytest.fixture(scope="module")
def ladder(settings, tmp_path_factory):
    ladder = Ladder(settings, tmp_path_factory.mktemp("ladder"))
    yield ladder
    ladder.remove()


@pytest.fixture
def begin_at(ladder):
    """Enter the context of an application with a separate database of the same kind at one of these revisions."""
    with ExitStack() as stack:

        def begin_at(revision):
            app = create_app(ladder.copy(revision))
            stack.enter_context(app.app_context())
            return app

        yield begin_at
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def full_app(begin_at):
    """The application context with that database, migrated."""
    return begin_at("head")


def tables():
    return set(inspect(db.engine).get_table_names())


def is_described(name, kind, _parents):
    """Return whether a model describes an object: search indexes have no model, because they differ by database."""
    return kind not in {"table", "index"} or not is_index(name)


def described(names):
    return {name for name in names if is_described(name, "table", None)}


def test_upgrading_downgrading_and_upgrading_again_matches_the_models(full_app):
    assert described(tables()) == {*Base.metadata.tables, "alembic_version"}
    assert SEARCH_TABLE in tables()
    downgrade(revision="base")
    assert tables() == {"alembic_version"}
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_described})
        assert compare_metadata(context, Base.metadata) == []


def test_the_database_has_the_check_constraints_of_the_models(full_app):
    inspector = inspect(db.engine)
    for name, table in Base.metadata.tables.items():
        checks = {constraint.name for constraint in table.constraints if isinstance(constraint, CheckConstraint)}
        assert {check["name"] for check in inspector.get_check_constraints(name)} == checks, name


def test_ids_that_were_merged_are_not_given_again_and_rows_are_kept(begin_at):
    begin_at("0041")
    at = "2026-01-01 00:00:00+00:00"
    inserted("congresses", id=1, title="Peace", locality="Quito", country="EC", start_date="2026-01-01",
             end_date="2026-01-02", timezone="America/Guayaquil", status="confirmed", created_at=at)  # fmt: skip
    inserted("organizations", id=1, name="Dockers", classification="union", country="PE", created_at=at)
    inserted(
        "delegations", id=1, congress_id=1, organization_id=1, country="PE", seats=1, status="invited", created_at=at
    )
    inserted("people", id=1, given_name="Ana", created_at=at)
    inserted("delegates", id=1, delegation_id=1, congress_id=1, person_id=1, capacity="delegate", is_head=True)
    inserted(
        "interactions", id=1, person_id=1, organization_id=1, kind="call", occurred_at=at, subject="x", created_at=at
    )
    inserted("merges", id=1, person_id=1, kept_id=1, merged_id=7, merged_name="Anita", at=at)
    for table in ("people", "organizations", "delegates"):
        inserted("merged_ids", merge_id=1, table_name=table, old_id=7, new_id=1)
    everything = "SELECT * FROM people, organizations, delegates, interactions"
    before = rows(everything)
    assert len(before) == 1
    upgrade(revision="0042")
    assert rows(everything) == before
    if db.engine.dialect.name == "sqlite":
        inserted("people", given_name="Eva", created_at=at)
        inserted("organizations", name="Miners", classification="union", country="PE", created_at=at)
        numbers = rows("SELECT people.id, organizations.id FROM people, organizations")
        assert max(numbers) == (8, 8)
        made = "SELECT count(*) FROM sqlite_master WHERE name IN ('people', 'organizations', 'delegates') AND sql LIKE '%AUTOINCREMENT%'"
        assert rows(made) == [(3,)]
    downgrade(revision="0041")
    assert rows(f"{everything} WHERE people.id = 1 AND organizations.id = 1") == before


def test_existing_articles_are_found_by_their_words(begin_at):
    begin_at("0003")
    row = {
        "headline": "Grève à Genève",
        "publisher": "L’Étoile",
        "in_language": "fr",
        "text": "Devant l’usine.",
        "excerpt": "x",
    }
    row |= {"created_at": "2025-01-05 12:00:00+00:00"}
    statement = f"INSERT INTO articles ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"
    with db.engine.begin() as connection:
        connection.execute(text(statement), row)
    upgrade(revision="0004")
    for words in ("geneve", "etoil", "l usine"):
        found = found_words(db.session, words_of(words), [])
        assert len(db.session.execute(select(found.c.id)).all()) == 1, words


def test_migrations_are_numbered_without_gaps_each_after_the_one_before():
    scripts = sorted(ScriptDirectory(str(MIGRATIONS)).walk_revisions(), key=lambda script: script.revision)
    assert [script.revision for script in scripts] == [f"{number:04}" for number in range(1, len(scripts) + 1)]
    assert [script.down_revision for script in scripts] == [None, *[script.revision for script in scripts[:-1]]]
    for script in scripts:
        assert re.fullmatch(rf"{script.revision}_[a-z0-9_]+\.py", script.path.rsplit("/", 1)[-1])
    assert len(list((MIGRATIONS / "versions").glob("*.py"))) == len(scripts)


LASTING = (
    "users", "congresses", "delegations", "delegates", "legs", "route_problems", "campaigns", "articles", "citations",
    "subscriptions", "digests", "digest_items", "deliveries",
)  # fmt: skip


def counts():
    with db.engine.connect() as connection:
        return {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in LASTING}


def test_downgrading_and_upgrading_keeps_every_row_that_both_versions_have(full_app):
    with full_app.test_request_context():
        enter_scope(EVERYTHING)
        make = Factories()
        make.grant(make.user())
        congress, campaign, article = make.congress(), make.campaign(), make.article(url="https://paper.example/1")
        make.leg(make.delegation(congress))
        articles.cite_on_problem(article, make.problem(congress), by=None)
        make.cite(make.version(article, "es"), campaign)
        make.subscription(campaign, languages=["pt", "es"])
        digest = digests.compose_now(campaign)
        approvals.approve(digest, letters.render, by=None, revision=digest.revision)
        db.session.commit()
        db.session.remove()
    before = counts()
    assert all(before.values()), before
    for revision in ("0004", "0003", "0002"):
        downgrade(revision=revision)
        assert counts() == before
    upgrade()
    assert counts() == before
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT languages FROM subscriptions")) == "pt"
        assert connection.scalar(text("SELECT count(*) FROM digest_versions")) == 1


def test_every_migration_goes_down_and_up_again_with_rows_of_every_kind(full_app):
    with full_app.test_request_context():
        enter_scope(EVERYTHING)
        make = Factories()
        Objects(make, "Here")
        congress = make.congress()
        delegate = make.delegation(congress).delegates[1]
        make.problem(congress, "2025-01-01 00:00", None, kind="person", delegate=delegate)
        make.problem(congress, "2025-01-01 00:00", None)
        db.session.commit()
        db.session.remove()
    downgrade(revision="0002")
    kept = "SELECT count(*) FROM informed_entities WHERE kind IN ('country_airspace', 'country', 'place', 'carrier')"
    (known,), (all_known,) = rows(kept)[0], rows("SELECT count(*) FROM informed_entities")[0]
    assert 0 < known < all_known
    downgrade(revision="0001")
    assert rows("SELECT count(*) FROM informed_entities") == [(known,)]
    downgrade(revision="base")
    assert tables() == {"alembic_version"}
    upgrade()
    assert described(tables()) == {*Base.metadata.tables, "alembic_version"}


def test_a_downgrade_leaves_no_reference_to_what_it_has_deleted(full_app):
    if db.engine.dialect.name != "sqlite":
        return
    with full_app.test_request_context():
        enter_scope(EVERYTHING)
        make = Factories()
        person, article = make.person(organization=make.organization()), make.article()
        article.created_by_id = make.user().id
        kept = (person.id, article.id)
        db.session.commit()
        db.session.remove()
    with db.engine.connect() as connection, without_foreign_keys(connection):
        for table in ("organizations", "users"):
            connection.execute(text(f"DELETE FROM {table}"))
        settle_references(connection)
        check_references(connection)
        assert connection.scalar(text("SELECT count(*) FROM memberships")) == 0
        assert connection.execute(text("SELECT created_by_id FROM articles")).all() == [(None,)]
        assert (
            connection.scalar(text("SELECT id FROM people")),
            connection.scalar(text("SELECT id FROM articles")),
        ) == kept


def test_a_broken_reference_stops_a_migration(full_app):
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect() as connection, without_foreign_keys(connection):
        connection.execute(text("INSERT INTO memberships (person_id, organization_id) VALUES (99, 99)"))
        with pytest.raises(RuntimeError, match="memberships"):
            check_references(connection)


def test_existing_articles_get_the_same_address_keys_as_new_ones(begin_at):
    begin_at("0003")
    urls = [
        "HTTPS://Paper.Example.org/a/?utm_source=x&b=c#d",
        "https://[::1]:8443/ü",
        "http://[",
        "https://paper.example.org:443",
    ]
    for number, url in enumerate(urls, start=1):
        values = f"({number}, 'Kept', 'en', :url, '', '', '2026-01-01 00:00:00')"
        kept = text(f"INSERT INTO articles (id, headline, in_language, url, text, excerpt, created_at) VALUES {values}")
        with db.engine.begin() as connection:
            connection.execute(kept, {"url": url})
    upgrade(revision="0009")
    assert rows("SELECT address_key FROM articles ORDER BY id") == [(address_key(url),) for url in urls]


def test_existing_feeds_and_their_entries_get_new_keys_without_losing_rows(begin_at):
    begin_at("0008")
    at = "2026-01-01 00:00:00"
    feeds = {
        1: ("http://www.paper.example.org/feed/", "old 1", "2026-01-01 00:00:00"), 2: ("https://paper.example.org/feed", "old 2", None),
        3: ("http://paper.example.org/feed", "old 3", None), 4: ("https://other.example.org/feed?utm_source=x", "old 4", None),
    }  # fmt: skip
    for number, (url, key, paused_at) in feeds.items():
        feed = {"id": number, "url": url, "address_key": key, "failures": 0, "paused_at": paused_at}
        inserted("feeds", **feed, next_fetch_at=at, not_before=at, created_at=at)
    listed = {"source": "feed", "status": "listed", "url": "http://paper.example.org/1?mc_eid=x", "address_key": "old"}
    inserted("intakes", **listed, feed_id=2, entry_key="g1", attempts=0, created_at=at)
    upgrade(revision="0009")
    followed = rows("SELECT id, address_key, paused_at IS NULL, last_word FROM feeds ORDER BY id")
    key, other = address_key("https://paper.example.org/feed"), address_key("https://other.example.org/feed")
    twice = "followed_already"
    assert followed == [
        (1, f"{key}-1", False, twice),
        (2, key, True, None),
        (3, f"{key}-3", False, twice),
        (4, other, True, None),
    ]
    kept = ("http://paper.example.org/1", address_key("https://www.paper.example.org/1/"))
    assert rows("SELECT url, address_key FROM intakes") == [kept]
    downgrade(revision="0008")
    assert len({*rows("SELECT address_key FROM feeds")}) == 4
    upgrade(revision="0009")
    assert rows("SELECT address_key FROM feeds WHERE id = 2") == [(key,)]


def test_existing_names_are_folded_and_existing_languages_recognized(begin_at):
    begin_at("0005")
    at = "'2026-01-01 00:00:00'"
    with db.engine.begin() as connection:
        for given, family, language in [("José", "Núñez", "inglés"), ("Ana", None, "our own"), ("Eva", "Luz", "pt")]:
            statement = f"INSERT INTO people (given_name, family_name, preferred_language, created_at) VALUES (:g, :f, :l, {at})"
            connection.execute(text(statement), {"g": given, "f": family, "l": language})
        article = "'Ołów', 'pl', 'Smørrebrød', '', '2026-01-01 00:00:00'"
        article = text(f"INSERT INTO articles (headline, in_language, text, excerpt, created_at) VALUES ({article})")
        connection.execute(article)
        number = connection.scalar(text("SELECT id FROM articles"))
        sqlite = connection.dialect.name == "sqlite"
        column = "rowid, headline, text" if sqlite else "article_id, words"
        before = "'ołów', 'smørrebrød'" if sqlite else "to_tsvector('simple', 'ołów smørrebrød')"
        connection.execute(text(f"INSERT INTO article_search ({column}) VALUES ({number}, {before})"))
    upgrade(revision="0006")
    assert rows("SELECT words, sort_key, preferred_language FROM people ORDER BY id") == [
        ("jose nunez", "nun~ez\tjose", "en"), ("ana", "ana", "our own"), ("eva luz", "luz\teva", "pt"),
    ]  # fmt: skip
    for words in ("olow", "SMORREBROD", "smørre"):
        found = found_words(db.session, words_of(words), [])
        assert len(db.session.execute(select(found.c.id)).all()) == 1, words
    db.session.commit()
    downgrade(revision="0005")
    assert rows("SELECT given_name FROM people WHERE preferred_language = 'our own'") == [("Ana",)]


def rows(query):
    """Return the result of a query on the tables at some revision."""
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def inserted(table, **values):
    """Insert a row into a table at some revision."""
    names = ", ".join(values)
    row = text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in values)})")
    with db.engine.begin() as connection:
        connection.execute(row, values)


def test_existing_email_addresses_are_normalized_and_duplicates_merged(begin_at):
    begin_at("0007")
    at = "2026-01-01 00:00:00+00:00"
    for number, email in ((1, "ana@münchen.de"), (2, "ana@xn--mnchen-3ya.de"), (3, "eva@example.org")):
        account = {"id": number, "email": email, "name": "Ana", "session_key": str(number), "created_at": at}
        inserted("users", **account, locale="es", timezone="UTC")
        inserted("grants", id=number, user_id=number, role="member", granted_at=at)
    campaign = {"id": 1, "title": "Winter", "slug": "winter", "status": "running", "timezone": "UTC", "created_at": at}
    campaign |= {"digest_frequency": "weekly", "digest_weekday": 1, "digest_hour": 9, "digest_approval": "one_person"}
    campaign |= {"start_date": "2026-01-01", "open_to_subscribers": True, "public_archive": False}
    inserted("campaigns", **campaign)
    wishes = {"campaign_id": 1, "languages": "es", "frequency": "weekly", "weekday": 0, "hour": 9, "timezone": "UTC"}
    for number, email, status in (
        (1, "ana@xn--mnchen-3ya.de", "unsubscribed"),
        (2, "ana@münchen.de", "confirmed"),
        (3, "<zoe@xn--mnchen-3ya.de>", "unconfirmed"),
    ):
        inserted("subscriptions", id=number, email=email, status=status, agreed_words="", requested_at=at, **wishes)
    inserted("people", id=1, given_name="Ana", created_at=at)
    inserted("contact_details", person_id=1, type="email", value="mailto:Ana@XN--MNCHEN-3YA.de\u200b")
    upgrade(revision="0008")
    users = rows("SELECT id, email, deactivated_at IS NULL FROM users ORDER BY id")
    assert [(number, email, bool(active)) for number, email, active in users] == [
        (1, "ana@münchen.de", True), (2, "2.ana@xn--mnchen-3ya.de", False), (3, "eva@example.org", True),
    ]  # fmt: skip
    assert rows("SELECT user_id FROM grants ORDER BY id") == [(1,), (1,), (3,)]
    kept = rows("SELECT id, email, status FROM subscriptions ORDER BY id")
    assert kept == [(2, "ana@münchen.de", "confirmed"), (3, "zoe@münchen.de", "unconfirmed")]
    assert rows("SELECT value FROM contact_details") == [("ana@münchen.de",)]


def test_existing_undo_entries_are_linked_to_their_delegations(full_app):
    with full_app.test_request_context():
        enter_scope(EVERYTHING)
        make = Factories()
        congress = make.congress()
        gone, other = make.delegation(congress), make.delegation(congress)
        seat, leg = gone.delegates[0], make.leg(other)
        problem = make.problem(congress, "2025-01-01 00:00", None, kind="person", delegate=gone.delegates[1])
        with recording("check_ins.renew", "Rosa", by=None):
            delegations.renew_link(seat)
        with recording("legs.delete", "CCS", by=None):
            legs.delete_leg(leg)
        with recording("problems.lift", "A strike", by=None):
            problems.lift(problem)
        db.session.commit()
        numbers = [gone.id, other.id, gone.id]
        db.session.remove()
    tied = text("SELECT delegation_id FROM undone_delegations ORDER BY entry_id")
    with db.engine.connect() as connection:
        assert connection.scalars(tied).all() == numbers
    downgrade(revision="0016")
    upgrade(revision="0017")
    with db.engine.connect() as connection:
        assert connection.scalars(tied).all() == numbers


def test_stored_changes_that_can_be_undone_get_the_new_column_names(begin_at):
    begin_at("0020")
    change = {"do": "delete", "table": "subscriptions", "id": 1, "before": {"agreed_words": "Yes."}, "after": {}}
    at = "2026-01-01 00:00:00+00:00"
    inserted("undo_entries", endpoint="x", name="x", at=at, changes=json.dumps([change]))
    upgrade(revision="0021")
    assert '{"consent_text": "Yes."}' in str(rows("SELECT CAST(changes AS TEXT) FROM undo_entries"))
    downgrade(revision="0020")
    assert '{"agreed_words": "Yes."}' in str(rows("SELECT CAST(changes AS TEXT) FROM undo_entries"))


def test_tags_and_their_stored_changes_keep_their_names(begin_at):
    begin_at("0046")
    at = "2026-01-01 00:00:00+00:00"
    for number, name in ((1, "Intérprete"), (2, "Prensa")):
        inserted("tags", id=number, name=name, created_at=at)
    change = {"do": "delete", "table": "tags", "id": 3, "before": {"name": "Salud", "group": None}, "after": {}}
    inserted("undo_entries", endpoint="tags.remove", name="Salud", at=at, changes=json.dumps([change]))
    upgrade(revision="0047")
    assert [(json.loads(names) if isinstance(names, str) else names) for (names,) in rows("SELECT names FROM tags ORDER BY id")] == [
        {"es": "Intérprete"}, {"es": "Prensa"}
    ]  # fmt: skip
    assert '"names": {"es": "Salud"}' in str(rows("SELECT CAST(changes AS TEXT) FROM undo_entries"))
    downgrade(revision="0046")
    assert rows("SELECT name FROM tags ORDER BY id") == [("Intérprete",), ("Prensa",)]
    assert '"name": "Salud"' in str(rows("SELECT CAST(changes AS TEXT) FROM undo_entries"))


def test_travelers_and_the_status_traveling_keep_their_rows_history_and_undo(full_app):
    with full_app.test_request_context():
        enter_scope(EVERYTHING)
        delegation = (make := Factories()).delegation(make.congress())
        parties.begin_party(delegation, Direction.OUT, [delegation.delegates[0]])
        delegation.status = DelegationStatus.ACCEPTED
        db.session.flush()
        with recording("delegations.set_status", "CCS", by=None):
            delegations.set_status(delegation, DelegationStatus.TRAVELING)
        db.session.commit()
        db.session.remove()
    stored = """
        SELECT CAST(changes AS TEXT) FROM undo_entries
        UNION ALL SELECT CAST(after AS TEXT) FROM audit_entries WHERE CAST(after AS TEXT) LIKE '%travel%'
    """
    downgrade(revision="0022")
    assert rows("SELECT status FROM delegations") == [("travelling",)]
    assert len(rows("SELECT id FROM travellers")) == 1
    assert [str(row).count('"travelling"') for row in rows(stored)] == [2, 1]
    upgrade(revision="0023")
    assert rows("SELECT status FROM delegations") == [("traveling",)]
    assert [str(row).count('"traveling"') for row in rows(stored)] == [2, 1]
    upgrade()
    with full_app.test_request_context():
        enter_scope(EVERYTHING)
        delegation = db.session.scalars(select(Delegation)).one()
        parties.begin_party(delegation, Direction.OUT, [delegation.delegates[1]])
        db.session.commit()
    assert len(rows("SELECT id FROM travelers")) == 2


def test_the_history_of_congresses_survives_and_other_histories_leave_with_their_columns(begin_at):
    app = begin_at("0025")
    with app.test_request_context():
        inserted(
            "congresses", title="Peace", locality="Quito", country="EC", start_date="2026-01-01",
            end_date="2026-01-02", timezone="America/Guayaquil", status="confirmed", created_at="2026-01-01 00:00:00+00:00",
        )  # fmt: skip
    at, verb = "2026-01-01 00:00:00+00:00", "changed"
    entry = {
        "verb": verb,
        "subject": "congresses",
        "subject_id": 1,
        "at": at,
        "before": '{"title": "A"}',
        "after": "{}",
    }
    inserted("audit_entries", congress_id=1, **entry)
    history = "SELECT id, congress_id, verb, subject_id, CAST(before AS TEXT) FROM audit_entries ORDER BY id"
    kept = rows(history)
    upgrade()
    assert rows(history) == kept
    with app.test_request_context():
        enter_scope(EVERYTHING)
        make = Factories()
        congress, person = db.session.get(Congress, 1), make.person(locality="Cork")
        with recording("digests.discard", "Peace", by=None):
            delegations.set_status(make.delegation(congress), DelegationStatus.ARRIVED)
            with audit.changing(person, people.facts):
                person.locality = "Galway"
        db.session.commit()
        db.session.remove()
    assert {one[1] for one in rows(history)} == {None, 1}
    downgrade(revision="0025")
    assert {one[1] for one in rows(history)} == {1}
    assert rows(history)[:1] == kept
    changes = [
        change for (stored,) in rows("SELECT CAST(changes AS TEXT) FROM undo_entries") for change in json.loads(stored)
    ]
    entries = [change["after"] for change in changes if change["table"] == "audit_entries"]
    assert {one["subject"] for one in entries} == {"delegations"}
    assert not any({"campaign_id", "person_id"} & set(one) for one in entries)
    upgrade()
    assert rows(history)[:1] == kept


def test_sensitive_fields_are_encrypted_and_their_values_leave_the_history(begin_at):
    begin_at("0100")
    at = "2026-01-01 00:00:00+00:00"
    names = {"given_name": "Ana", "created_at": at, "words": "ana", "sort_key": "ana"}
    inserted("people", id=1, nationality="CU", **names)
    inserted("people", id=2, **names)
    facts = {"nationality": "CU", "locality": "Caracas"}
    entry = {"verb": "recorded", "subject": "people", "subject_id": 1, "person_id": 1, "at": at}
    inserted("audit_entries", before="{}", after=json.dumps(facts), **entry)
    changes = [{"do": "update", "table": "people", "id": 1, "before": {"nationality": "CO"}, "after": {}}]
    inserted("undo_entries", endpoint="people.edit", name="Ana", at=at, changes=json.dumps(changes))
    upgrade(revision="0101")
    everything = str([rows(f"SELECT * FROM {table}") for table in ("people", "audit_entries", "undo_entries")])
    assert "CU" not in re.findall(r"'(\w\w)'", everything)
    assert '"CU"' not in everything
    assert '"CO"' not in everything
    assert "Caracas" in everything
    enter_scope(EVERYTHING)
    assert db.session.scalars(select(Person.nationality).order_by(Person.id)).all() == ["CU", None]
    assert db.session.scalars(select(Person.id).where(Person.nationality_digest == "CU")).all() == [1]
    assert db.session.scalars(select(UndoEntry.changes)).all() == [changes]
    db.session.remove()
    downgrade(revision="0100")
    assert rows("SELECT nationality FROM people ORDER BY id") == [("CU",), (None,)]
    assert '"nationality": "CO"' in str(rows("SELECT CAST(changes AS TEXT) FROM undo_entries"))


def test_how_people_at_risk_are_reached_is_stored_as_it_is_after_a_downgrade(begin_at):
    begin_at("head")
    enter_scope(EVERYTHING)
    person = Person(given_name="Ana", created_at=clock.now(), is_at_risk=True)
    person.contact_details = [ContactDetail(type=ContactType.PHONE, value="+593 99 123 4567")]
    db.session.add(person)
    db.session.commit()
    assert rows("SELECT value, key FROM contact_details") == [("", "")]
    db.session.remove()
    downgrade(revision="0108")
    assert rows("SELECT value, key FROM contact_details") == [("+593 99 123 4567", "991234567")]
