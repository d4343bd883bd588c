"""Cleaning up after erasures."""

from celery import shared_task
from flask import current_app

from app.jobs.privacy.cleaning import clean


@shared_task
def clean_up() -> None:
    """Delete the files of people who were erased, and rewrite what the database has kept of them."""
    clean(current_app.config["SETTINGS"])
