"""Migrations lead from nothing to what the models say and back again, on both databases."""

import dataclasses
import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, create_engine, inspect, make_url, text

from app import create_app
from app.config import MIGRATIONS
from app.extensions import Base, db
from app.reading.addresses import address_key


@pytest.fixture
def empty_url(database_url, tmp_path):
    """The address of a database of its own, of the same kind."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE empty"))
    yield make_url(database_url).set(database="empty").render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE empty"))
    server.dispose()


@pytest.fixture
def empty_app(empty_url, settings):
    """The application on that database, as its context."""
    app = create_app(dataclasses.replace(settings, database_url=empty_url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def tables():
    return set(inspect(db.engine).get_table_names())


def test_going_forward_back_and_forward_again_ends_at_the_models(empty_app):
    upgrade()
    assert tables() == {*Base.metadata.tables, "alembic_version"}
    downgrade(revision="base")
    assert tables() == {"alembic_version"}
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_what_the_models_check_the_database_checks_as_well(empty_app):
    upgrade()
    inspector = inspect(db.engine)
    for name, table in Base.metadata.tables.items():
        checks = {constraint.name for constraint in table.constraints if isinstance(constraint, CheckConstraint)}
        assert {check["name"] for check in inspector.get_check_constraints(name)} == checks, name


def test_migrations_are_numbered_without_gaps_each_after_the_one_before():
    scripts = sorted(ScriptDirectory(str(MIGRATIONS)).walk_revisions(), key=lambda script: script.revision)
    assert [script.revision for script in scripts] == [f"{number:04}" for number in range(1, len(scripts) + 1)]
    assert [script.down_revision for script in scripts] == [None, *[script.revision for script in scripts[:-1]]]
    for script in scripts:
        assert re.fullmatch(rf"{script.revision}_[a-z0-9_]+\.py", script.path.rsplit("/", 1)[-1])
    assert len(list((MIGRATIONS / "versions").glob("*.py"))) == len(scripts)


def test_addresses_of_articles_that_were_kept_before_get_the_key_that_new_ones_get(empty_app):
    upgrade(revision="0003")
    urls = [
        "HTTPS://Paper.Example.org/a/?utm_source=x&b=c#d",
        "https://[::1]:8443/ü",
        "http://[",
        "https://paper.example.org:443",
    ]
    for number, url in enumerate(urls):
        values = f"({number + 1}, 'Kept', 'en', :url, '', '', '2026-01-01 00:00:00')"
        kept = text(f"INSERT INTO articles (id, headline, in_language, url, text, excerpt, created_at) VALUES {values}")
        db.session.execute(kept, {"url": url})
    db.session.commit()
    upgrade()
    keys = db.session.execute(text("SELECT address_key FROM articles ORDER BY id")).scalars().all()
    assert keys == [address_key(url) for url in urls]
