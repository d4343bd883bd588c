"""Migrations of the database. Only commands migrate, so no other process imports Alembic, which is large."""

import flask_migrate
from flask import Flask, current_app

from app.config import MIGRATIONS
from app.extensions import db

_migrate = flask_migrate.Migrate(db=db, directory=str(MIGRATIONS), render_as_batch=True)


def prepare(app: Flask) -> None:
    """Give an application the command `db`, which writes migrations."""
    _migrate.init_app(app)


def upgrade(revision: str = "head") -> None:
    """Bring the database of the current application up to a revision."""
    prepare(current_app)
    flask_migrate.upgrade(revision=revision)


def downgrade(revision: str) -> None:
    """Bring the database of the current application down to a revision."""
    prepare(current_app)
    flask_migrate.downgrade(revision=revision)
