"""Background tasks. A task takes ids, calls the domain, commits, and is a few lines long."""

from collections.abc import Callable
from typing import Any

from celery import Celery, Task
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from app.broker_folder import BrokerFolder
from app.config import Config
from app.extensions import db
from app.models.oversight import watching
from app.models.oversight.chain import Actor
from app.models.oversight.lines import ActorKind
from app.models.scoping import EVERYTHING, enter_scope
from tasks.broker import use_own_transport
from tasks.pulse import beat, is_locked
from tasks.schedule import SCHEDULE

MOST_TRIES = 5
_URGENT = "tasks.deliveries.send_due"
"""The task that has something to do while the house is locked: calls for help still reach the coordinators."""


def make_celery(app: Flask) -> "Celery[Any]":
    """Return the Celery application for a Flask application. Tasks run in its context and have access to everything."""

    class InContext(Task):  # type: ignore[type-arg]
        """A task in the application context, with access to everything."""

        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            with app.app_context(), watching.acting(Actor(ActorKind.JOB, self.name)):
                enter_scope(EVERYTHING)
                if self.name != _URGENT and is_locked():
                    return beat()
                return _run(self.run, *args, **kwargs)

    celery: Celery[Any] = Celery(
        app.name,
        task_cls=InContext,
        include=[
            "tasks.articles",
            "tasks.backups",
            "tasks.deliveries",
            "tasks.digests",
            "tasks.duplicates",
            "tasks.exports",
            "tasks.search_words",
            "tasks.housekeeping",
            "tasks.imports",
            "tasks.links",
            "tasks.retention",
            "tasks.state",
            "tasks.travel",
            "tasks.versions",
        ],
    )
    celery.config_from_object(settings_for(app.config["SETTINGS"]))
    celery.set_default()
    app.extensions["celery"] = celery
    return celery


def _run(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Run a task; if a person saved a row between its reading and writing it, run it once more on the new state."""
    for _ in range(MOST_TRIES - 1):
        try:
            return work(*args, **kwargs)
        except StaleDataError:
            db.session.rollback()
    return work(*args, **kwargs)


def settings_for(settings: Config) -> dict[str, Any]:
    """Return Celery's settings. The broker only wakes workers up: no data is lost if all of its messages are."""
    return {
        "broker_url": settings.broker_url,
        "broker_transport_options": _transport(settings),
        "broker_connection_retry_on_startup": True,
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "worker_hijack_root_logger": False,
        "beat_schedule": SCHEDULE,
        "beat_scheduler": "tasks.scheduler:Scheduler",
        "beat_schedule_filename": str(settings.beat_file),
        "timezone": "UTC",
    }


def _transport(settings: Config) -> dict[str, Any]:
    if settings.broker_url.startswith("filesystem:"):
        use_own_transport()
        folder = BrokerFolder(settings.broker_dir)
        folder.prepare()
        return {
            "folder": str(folder.path),
            "data_folder_in": str(folder.messages),
            "data_folder_out": str(folder.messages),
            "control_folder": str(folder.control),
            "polling_interval": 0.2,
        }
    if settings.broker_url.startswith("redis"):
        return {"visibility_timeout": 60, "unacked_restore_throttle": 1}
    return {}
