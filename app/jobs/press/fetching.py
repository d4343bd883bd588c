"""Requests to other servers, within the limits of the settings."""

from flask import current_app

from app import clock
from app.config import Config
from app.fetching import Answer, Policy, Validators, fetch


def ignore() -> None:
    """Do nothing: the default for callbacks."""


def settings() -> Config:
    """Return the settings of the current application."""
    found: Config = current_app.config["SETTINGS"]
    return found


def fetch_policy() -> Policy:
    """Return the user agent and the addresses that may be requested, according to the settings."""
    return Policy(loopback=settings().fetched_loopback())


def request(url: str, validators: Validators | None = None) -> Answer:
    """Return a server's response; raises `Failed` if there is no readable content."""
    return fetch(url, policy=fetch_policy(), now=clock.now(), validators=validators)
