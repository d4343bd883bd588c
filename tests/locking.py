"""What tests of the panic lock share: a key that processes take again from its file, and people who lock and open."""

from contextlib import contextmanager

from app import clock, one_time
from app.config import FIELD_KEY_FILE, SEALED_KEY_FILE
from app.extensions import db
from app.models.accounts.factors import Factor
from app.models.types import give_keyring
from app.sealing import Keyring
from tests.databases import FIELD_KEY

PASSWORD = "correct horse battery"


@contextmanager
def key_in_file(app, settings):
    """Keep the key of the house in its file, and give it to the process again afterwards, whatever happened to it."""
    file = settings.var_dir / FIELD_KEY_FILE
    file.write_text(FIELD_KEY)
    try:
        yield file
    finally:
        for name in (FIELD_KEY_FILE, SEALED_KEY_FILE):
            (settings.var_dir / name).unlink(missing_ok=True)
        with app.app_context():
            give_keyring(db.engine.dialect, Keyring.from_text(FIELD_KEY))


def code_of(user_id, steps=0):
    """Return the code that the phone of an account shows, some steps from now."""
    nonce = db.session.query(Factor.nonce).filter_by(user_id=user_id).scalar()
    return one_time.code_at(one_time.secret_of("for tests only", nonce), one_time.step_at(clock.now()) + steps)
