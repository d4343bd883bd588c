"""How long data is kept, in words: each kind, and until when."""

from flask_babel import gettext, ngettext

from app.models.privacy.retention import CountedFrom, RetentionKind
from app.queries.privacy.retention_rules import RULES
from app.queries.privacy.retention_ties import EMPTIED, PERIOD_ENDED
from app.text import N_
from app.wording.member_retention import member_sentence

RETENTION_LABELS = (
    (RetentionKind.NATIONALITIES, N_("Nationalities of people")),
    (RetentionKind.PASSPORT_NAMES, N_("Names as in the passport")),
    (RetentionKind.ANSWER_NOTES, N_("Comments of travelers in answers and calls for help")),
    (RetentionKind.HELP_NOTES, N_("Outcomes of closed calls for help")),
    (RetentionKind.BOOKING_REFERENCES, N_("Booking references")),
    (RetentionKind.CONTACT_DETAILS, N_("Contact details of people, except email addresses")),
    (RetentionKind.OWN_FIELDS, N_("The house’s own fields of people")),
    (RetentionKind.PEOPLE, N_("People who take part in nothing any more, with everything about them")),
    (RetentionKind.INTERACTION_NOTES, N_("What was said in interactions")),
    (RetentionKind.ACTION_NOTES, N_("Notes and comments of closed actions")),
    (RetentionKind.ATTACHMENTS, N_("Files of closed actions")),
    (RetentionKind.ATTENDANCES, N_("Names and addresses of those who attended or hosted a mobilization")),
    (RetentionKind.MOBILIZATION_CONTACTS, N_("Contacts on pages of mobilizations")),
    (RetentionKind.SIGNATURES, N_("Addresses of signers; names and signatures stay")),
    (RetentionKind.ENDORSEMENTS, N_("Addresses of those who endorsed a campaign; names stay")),
    (RetentionKind.BRIGADE_REQUESTS, N_("Requests to join a brigade")),
    (RetentionKind.ENDED_SUBSCRIPTIONS, N_("Subscriptions that their owners ended")),
    (RetentionKind.UNCONFIRMED_SUBSCRIPTIONS, N_("Subscriptions that nobody confirmed")),
    (RetentionKind.SUBSCRIPTIONS, N_("Subscriptions to campaigns that have ended")),
    (RetentionKind.ADDRESS_CHANGES, N_("Earlier addresses of subscribers")),
    (RetentionKind.DELIVERIES, N_("Who got which letter")),
    (RetentionKind.MAILBOX_LETTERS, N_("Letters in the mailbox of the application")),
    (RetentionKind.IMPORT_SAMPLES, N_("Samples of imported files")),
    (RetentionKind.LOG_VALUES, N_("Values in the audit log; its lines stay")),
)
RETENTION_VERBS = {
    EMPTIED: N_("Deleted, because the time for which it is kept has ended"),
    PERIOD_ENDED: N_("Removed, because the time for which people are kept has ended"),
}


def kept_until(kind: RetentionKind, days: int | None) -> str:
    """Return until when data of a kind is kept, as a sentence."""
    if days is None:
        return str(gettext("Kept until somebody deletes it."))
    return _sentence(RULES[kind].counted, days)


def _sentence(counted: CountedFrom, days: int) -> str:
    match counted:
        case CountedFrom.TAKING_PART:
            text = ngettext(
                "Kept until %(num)d day after the end of the person’s last congress or campaign.",
                "Kept until %(num)d days after the end of the person’s last congress or campaign.",
                days,
            )
        case CountedFrom.TAKING_PART_OR_CHANGE:
            text = ngettext(
                "Kept until %(num)d day after the person’s last congress or campaign, or the last change.",
                "Kept until %(num)d days after the person’s last congress or campaign, or the last change.",
                days,
            )
        case CountedFrom.CONGRESS:
            text = ngettext(
                "Kept until %(num)d day after the end of the congress.",
                "Kept until %(num)d days after the end of the congress.",
                days,
            )
        case CountedFrom.CHANGE:
            text = ngettext(
                "Kept until %(num)d day after the change.", "Kept until %(num)d days after the change.", days
            )
        case CountedFrom.SENDING:
            text = ngettext(
                "Kept until %(num)d day after it was sent.", "Kept until %(num)d days after it was sent.", days
            )
        case CountedFrom.UPLOAD:
            text = ngettext(
                "Kept until %(num)d day after the upload.", "Kept until %(num)d days after the upload.", days
            )
        case _:
            text = member_sentence(counted, days)
    return str(text)


def recorded_period(kind: str, days: int | None) -> str:
    """Return a period as the history of the settings tells it."""
    known = {one.value: name for one, name in RETENTION_LABELS}
    name = gettext(known[kind]) if kind in known else kind
    text = gettext("no end") if days is None else ngettext("%(num)d day", "%(num)d days", days)
    return f"{name}: {text}"
