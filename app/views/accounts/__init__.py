"""Pages of accounts, grants, and who changed what."""

from app.views.accounts import accounts, users

BLUEPRINTS = (accounts.bp, users.bp)
