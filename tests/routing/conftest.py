"""The observed world, for tests with the routes that are not part of the project."""

import pytest

from app import create_app
from app.config import Config
from app.extensions import Base, db
from app.models.scoping import EVERYTHING, enter_scope
from app.sealing import new_key
from benchmarks.travel_cases import situations


@pytest.fixture(scope="module")
def observed_world(tmp_path_factory):
    """A database with all crossings verified, and the shared routes."""
    if not situations.ROUTES.is_dir():
        pytest.skip("the shared routes are not here")
    folder = tmp_path_factory.mktemp("planet")
    app = create_app(
        Config(
            var_dir=folder, database_url=f"sqlite:///{folder / 'planet.db'}", broker_url="filesystem://localhost",
            base_url="http://encuentro.test", secret_key="for tests only", field_key=new_key(),
        )
    )  # fmt: skip
    with app.app_context():
        enter_scope(EVERYTHING)
        Base.metadata.create_all(db.engine)
        situations.load()
        yield
        db.session.remove()
        db.engine.dispose()
