"""Asking other servers on behalf of this house, within what its settings allow."""

from flask import current_app

from app import clock
from app.config import Config
from app.fetching import Answer, Policy, Validators, fetch


def nothing() -> None:
    """Do nothing after a step, where nobody wants to know of it."""


def settings() -> Config:
    """Return the settings of the application that runs."""
    found: Config = current_app.config["SETTINGS"]
    return found


def fetch_policy() -> Policy:
    """Return who asks, and whom it may ask: as the settings say."""
    return Policy(base_url=settings().base_url, loopback=settings().fetched_loopback())


def ask(url: str, validators: Validators | None = None) -> Answer:
    """Return what a server answers. Raises `Failed` where it gives nothing to read."""
    return fetch(url, policy=fetch_policy(), now=clock.now(), validators=validators)
