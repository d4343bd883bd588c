"""Claims of single emails, as a worker makes them of many."""

from app.domain import leases
from app.domain.mail import attempts


def claim_email(delivery_id, lease):
    """Claim one email, and return the token of the claim, or None if it is not free."""
    token = leases.new_token()
    return token if attempts.claim([delivery_id], token, lease) else None
