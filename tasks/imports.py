"""Imports of files that are too large for a request."""

from celery import shared_task

from app.jobs.imports.run_imports import run_due_imports
from tasks.pulse import beat


@shared_task
def run_imports() -> None:
    """Read, check, write and undo every import that is due."""
    run_due_imports(after_each=beat)
