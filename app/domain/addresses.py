"""E-mail addresses as they enter the house."""

from app.domain_errors import DomainError
from app.email_addresses import normalized, what_no_server_takes


def checked(typed: str) -> str:
    """Return an address in the form in which it is kept; raises DomainError on `email` where no mail server takes it."""
    address = normalized(typed)
    sentence = what_no_server_takes(address)
    if sentence:
        raise DomainError("email", sentence)
    return address
