"""What became of emails that were not taken, and why, and what is to be expected of those that are sent, in words."""

from flask_babel import format_decimal, gettext, ngettext

from app.models.mail.deliveries import Priority
from app.queries.mail.failures import Group
from app.queries.mail.queue import Forecast
from app.queries.mail.reasons import Reason
from app.text import N_
from app.wording.formats import at

PRIORITIES = {
    Priority.FIRST: N_("Confirmations, invitations, calls for help"),
    Priority.SOON: N_("Reminders and the like"),
    Priority.BULK: N_("Digests and mailings"),
    Priority.HELD: N_("Digests and mailings that are paused"),
}

SENDING_LABELS = (
    (Group.FAILED, N_("could not be delivered")),
    (Group.POSTPONED, N_("tried again")),
    (Group.RETURNED, N_("came back")),
    (Reason.NO_SUCH_ADDRESS, N_("there is no such address")),
    (Reason.MAILBOX_FULL, N_("the mailbox is full")),
    (Reason.REJECTED, N_("rejected by a filter or a rule of the server")),
    (Reason.BUSY, N_("the server asked to come back later")),
    (Reason.TOO_LARGE, N_("the email is too large")),
    (Reason.UNFIT_ADDRESS, N_("the server does not accept this kind of address")),
    (Reason.LOST, N_("the connection was lost")),
    (Reason.MAY_HAVE_ARRIVED, N_("it may have arrived: the server did not confirm it")),
    (Reason.COMPLAINT, N_("called spam by its recipient")),
    (Reason.OTHER, N_("another reason")),
)


def forecast_sentences(found: Forecast, zone: str) -> list[str]:
    """Return what is to be expected of something that is sent to many: what goes before, when it ends, what waits behind it."""
    sentences = []
    if found.ahead:
        count = format_decimal(found.ahead)
        sentences.append(
            ngettext(
                "%(count)s email is due already and goes first.",
                "%(count)s emails are due already and go first.",
                found.ahead,
                count=count,
            )
        )
    if found.ends_at is None or found.rate is None:
        sentences.append(gettext("How long it takes is not known yet, because few emails were sent lately."))
    else:
        rate, when = format_decimal(max(1, round(found.rate * 60))), at(found.ends_at, zone)
        sentences.append(
            gettext(
                "At the rate seen lately, %(rate)s a minute, the last one leaves about %(when)s.", rate=rate, when=when
            )
        )
    if found.behind:
        count = format_decimal(found.behind)
        sentences.append(
            ngettext(
                "%(count)s email of other digests and mailings is due later and waits for it if it is not over by then.",
                "%(count)s emails of other digests and mailings are due later and wait for it if it is not over by then.",
                found.behind, count=count,
            )
        )  # fmt: skip
    sentences.append(gettext("Reminders, confirmations and calls for help never wait for it."))
    return sentences
