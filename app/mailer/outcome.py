"""The two ways in which sending can fail."""


class Unreachable(Exception):
    """The email could not be sent now but may be later: no connection, a busy server, a full mailbox."""


class Refused(Exception):
    """The email will never be accepted: there is no such address."""
