"""The email that a draft is waiting, to those who may approve it."""

from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.campaigns.digests import Digest


def compose(digest: Digest, user: User) -> Letter:
    """Compose the email to a person who may approve a digest that nobody has approved yet."""
    return render_letter(
        "campaigns/draft",
        address=user.email,
        language=user.locale,
        user=user,
        digest=digest,
        page=address_of("digests.show", campaign_id=digest.campaign_id, digest_id=digest.id),
    )
