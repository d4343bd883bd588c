"""Labels shown to members without an account; they are translated into all member languages."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.models.campaigns.campaigns import Frequency
from app.models.campaigns.subscriptions import SubscriptionStatus
from app.models.mail.deliveries import DeliveryKind
from app.models.mobilizing.days_of_action import Synchronization
from app.models.mobilizing.mobilizations import MobilizationStatus
from app.models.mobilizing.sign_ups import Mandate
from app.queries.mail.letters import Fate
from app.text import N_

MEMBER_LABELS = (
    (Frequency.NEVER, N_("no digest")),
    (Frequency.EACH_ARTICLE, N_("as soon as there is an article")),
    (Frequency.DAILY, N_("every day")),
    (Frequency.WEEKLY, N_("every week")),
    (Frequency.MONTHLY, N_("on the first of every month")),
    (SubscriptionStatus.UNCONFIRMED, N_("not confirmed")),
    (SubscriptionStatus.CONFIRMED, N_("confirmed")),
    (SubscriptionStatus.UNSUBSCRIBED, N_("unsubscribed")),
    (Synchronization.SAME_INSTANT, N_("at the same moment everywhere")),
    (Synchronization.SAME_LOCAL_HOUR, N_("at the same local time in each place")),
    (MobilizationStatus.PROPOSED, N_("proposed")),
    (MobilizationStatus.CONFIRMED, N_("will take place")),
    (MobilizationStatus.MOVED, N_("moved")),
    (MobilizationStatus.CANCELLED, N_("will not take place")),
    (MobilizationStatus.HELD, N_("took place")),
    (DeliveryKind.CONFIRMATION, N_("confirmation request")),
    (DeliveryKind.DIGEST, N_("digest")),
    (DeliveryKind.MEMBER_LINK, N_("member’s link")),
    (DeliveryKind.ADDRESS_CHANGE, N_("confirmation of a new address")),
    (DeliveryKind.ADDRESS_CHANGED, N_("notice of a new address")),
    (Fate.SENT, N_("handed over to the mail server")),
    (Fate.RETURNED, N_("came back")),
    (Fate.UNDERWAY, N_("on its way")),
    (Fate.WAITING, N_("waiting to be sent")),
    (Fate.POSTPONED, N_("not accepted yet, tried again")),
    (Fate.HELD, N_("held back for now")),
    (Fate.WITHDRAWN, N_("not sent")),
    (Fate.FAILED, N_("could not be delivered")),
    (Fate.UNKNOWN, N_("may have arrived")),
    (Mandate.PERSONAL, N_("personally")),
    (Mandate.MEMBER, N_("as a member of an organization")),
    (Mandate.OFFICER, N_("as an officer of an organization")),
    (Mandate.ASSEMBLY, N_("by decision of an assembly")),
)
WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
"""Monday is 0."""


def agreement(title: str) -> str:
    """Return the sentence with which a member agrees to get the digest of a campaign."""
    return str(
        gettext("I want to receive the digest “%(title)s” by email. I can unsubscribe at any time.", title=title)
    )
