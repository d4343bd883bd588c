"""A delegate needs help: the email to the coordinators."""

from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.people.people import ContactType
from app.models.travel.check_ins import HelpCall
from app.queries.accounts import locks


def compose(call: HelpCall, user: User) -> Letter:
    """Compose the email to a coordinator. It contains neither the delegate's name nor what was said: others may read it.

    While the house is locked nobody could look it up, so then it has the name and the phone number, and no link.
    """
    person = call.delegate.person if locks.standing() else None
    return render_letter(
        "travel/help_call",
        address=user.email,
        language=user.locale,
        user=user,
        call=call,
        person=person,
        phone=person.contact(ContactType.PHONE) if person else None,
        page=address_of("help_calls.index", congress_id=call.congress_id),
    )
