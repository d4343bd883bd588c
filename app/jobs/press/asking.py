"""Requests to other servers, within the limits of the settings."""

from flask import current_app

from app import clock
from app.config import Config
from app.fetching import Answer, Policy, Validators, fetch


def nothing() -> None:
    """Do nothing; the default for `after_each`."""


def settings() -> Config:
    """Return the settings of the current application."""
    found: Config = current_app.config["SETTINGS"]
    return found


def fetch_policy() -> Policy:
    """Return the fetch policy from the settings."""
    return Policy(base_url=settings().base_url, loopback=settings().fetched_loopback())


def ask(url: str, validators: Validators | None = None) -> Answer:
    """Return a server's answer. Raises `Failed` if there is no readable one."""
    return fetch(url, policy=fetch_policy(), now=clock.now(), validators=validators)
