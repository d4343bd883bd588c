"""The question to a person affected by a route problem, whether they are safe."""

from app.emails.congress.personal import personal_page
from app.emails.rendering import render_letter
from app.letter import Letter
from app.models.travel.check_ins import CheckIn


def compose(check_in: CheckIn) -> Letter:
    """Ask the delegate in their own language. The email mentions neither the problem nor the route: others may read it."""
    person = check_in.delegate.person
    return render_letter(
        "travel/check_in",
        address=person.email or "",
        language=person.preferred_language or "",
        person=person,
        page=personal_page(check_in.delegate),
    )
