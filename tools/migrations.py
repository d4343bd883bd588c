"""`flask --app tools.migrations db revision` writes a migration; see CONTRIBUTING.md."""

from flask import Flask

from app import create_app as create_house
from app import migrating


def create_app() -> Flask:
    """Return the application with the command `db`."""
    house = create_house()
    migrating.prepare(house)
    return house
