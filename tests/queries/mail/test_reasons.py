"""Why an email was not taken, from the words of servers."""

import pytest

from app.mailer.conversation import NOT_ASCII, TOO_LARGE
from app.queries.mail.reasons import MAY_HAVE_ARRIVED, Reason, reason_of


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("550 5.1.1 <ana@example.org>: Recipient address rejected: User unknown", Reason.NO_SUCH_ADDRESS),
        ("550 no such user", Reason.NO_SUCH_ADDRESS),
        ("552 5.2.2 Mailbox full", Reason.MAILBOX_FULL),
        ("452 Over quota", Reason.MAILBOX_FULL),
        ("554 5.7.1 Message rejected as spam by policy", Reason.REJECTED),
        ("451 4.7.1 Greylisted, try again later", Reason.BUSY),
        ("450 user unknown for now", Reason.BUSY),
        ("552 5.3.4 Message size exceeds limit", Reason.TOO_LARGE),
        (TOO_LARGE, Reason.TOO_LARGE),
        (NOT_ASCII, Reason.UNFIT_ADDRESS),
        ("TimeoutError: timed out", Reason.LOST),
        (MAY_HAVE_ARRIVED, Reason.MAY_HAVE_ARRIVED),
        ("RuntimeError", Reason.OTHER),
        (None, Reason.OTHER),
    ],
)
def test_the_words_of_servers_are_understood(words, reason):
    assert reason_of(words) is reason
