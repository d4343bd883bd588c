"""The entry point of `celery -A tasks.worker`."""

from app import create_app
from tasks import make_celery

celery = make_celery(create_app())
