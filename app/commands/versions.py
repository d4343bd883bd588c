"""The version of the tables: the number of the last migration."""

from sqlalchemy import inspect, text

from app.config import MIGRATIONS
from app.extensions import db


def newest() -> str:
    """Return the version that this code needs: the latest migration has the highest number."""
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def current() -> str | None:
    """Return the version of the tables in the database; None if there are none."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        stored: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return stored
