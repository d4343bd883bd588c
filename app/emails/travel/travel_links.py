"""The email with the personal link that a delegate uses to report arrivals."""

from app.emails.congress.personal import personal_page
from app.emails.rendering import render_letter
from app.letter import Letter
from app.models.congress.delegations import Delegate


def compose(delegate: Delegate) -> Letter:
    """Compose the email to the delegate in their own language."""
    person = delegate.person
    return render_letter(
        "travel/travel_link",
        address=person.email or "",
        language=person.preferred_language or "",
        person=person,
        page=personal_page(delegate),
    )
