"""Labels of what became of emails that were not taken, and why."""

from app.queries.mail.failures import Group
from app.queries.mail.reasons import Reason
from app.text import N_

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
