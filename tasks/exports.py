"""Exports of segments to accounts that have scheduled them."""

from celery import shared_task

from app.jobs.people.export_segments import make_due_exports
from app.views.people.segment_files import write
from tasks.pulse import beat


@shared_task
def make_due() -> None:
    """Make the file of every scheduled export that is due. Concurrent workers claim exports, so that each is made once."""
    make_due_exports(write, after_each=beat)
