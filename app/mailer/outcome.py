"""The two ways in which sending can fail."""


class Unreachable(Exception):
    """The letter did not leave now and may later: no connection, a busy server, a full mailbox."""


class Refused(Exception):
    """The letter will never be taken: there is no such address."""
