"""What is said about emails that came back, and about addresses that are not written to."""

from app.models.mail.bounces import ReturnedKind
from app.models.privacy.suppressions import SuppressionReason
from app.text import N_

MAIL_LABELS = (
    (SuppressionReason.ASKED, N_("asked not to be written to")),
    (SuppressionReason.ERASED, N_("erased")),
    (SuppressionReason.COMPLAINED, N_("called an email spam")),
    (SuppressionReason.BOUNCED, N_("emails do not arrive")),
    (ReturnedKind.BOUNCE, N_("reports of emails that did not arrive")),
    (ReturnedKind.COMPLAINT, N_("complaints")),
    (ReturnedKind.NOTICE, N_("reports of emails that are late or arrived")),
    (ReturnedKind.AUTOMATIC, N_("automatic replies")),
    (ReturnedKind.REPLY, N_("replies of people")),
    (ReturnedKind.UNVERIFIED, N_("emails that name none of this house")),
    (ReturnedKind.UNREADABLE, N_("emails that nobody could read")),
)
