"""The entry point of `celery -A tasks.worker`."""

from celery import signals

from app import create_app, lifeline, logs
from tasks import make_celery
from tasks.broker import sweep

lifeline.hold()
signals.setup_logging.connect(lambda **_: logs.configure(), weak=False)
celery = make_celery(create_app())
sweep(celery.conf.broker_transport_options)
