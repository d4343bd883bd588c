"""The personal link under which a delegate reports where they have arrived."""

from app.emails.congress.personal import personal_page
from app.emails.rendering import render_letter
from app.letter import Letter
from app.models.congress.delegations import Delegate


def compose(delegate: Delegate) -> Letter:
    """Write to the delegate in their own language."""
    person = delegate.person
    return render_letter(
        "travel/travel_link",
        address=person.email or "",
        language=person.preferred_language or "",
        person=person,
        page=personal_page(delegate),
    )
