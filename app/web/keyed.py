"""Digests that are keyed with the secret of the application."""

import hmac

from flask import current_app


def keyed_digest(content: str) -> str:
    """Return a keyed digest: someone who has only the database cannot test guesses of a password."""
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), content.encode(), "sha256").hex()
