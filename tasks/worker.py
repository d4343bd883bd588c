"""The entry point of `celery -A tasks.worker`."""

from celery import signals

from app import create_app, lifeline, logs
from app.domain.accounts import field_keys
from app.extensions import db
from tasks import make_celery
from tasks.broker import sweep
from tasks.ending import end_when_given_up

lifeline.hold()
signals.setup_logging.connect(lambda **_: logs.configure(), weak=False)
_house = create_app()  # by the name of `app`, celery would take it for its own
with _house.app_context():
    field_keys.forget()  # beat needs no key, and each task takes it while the house is open
    db.engine.dispose()
celery = make_celery(_house)
end_when_given_up(celery, _house.config["SETTINGS"].pulse_file)
sweep(celery.conf.broker_transport_options)
