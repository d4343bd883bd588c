"""Fetches pages and feeds without ever reaching the internal network. Independent of the rest of the application."""

from app.fetching.answer import Answer, Failed, Failure, Validators
from app.fetching.client import fetch
from app.fetching.policy import Limits, Policy

__all__ = ["Answer", "Failed", "Failure", "Limits", "Policy", "Validators", "fetch"]
