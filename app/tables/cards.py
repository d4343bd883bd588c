"""What a vCard says about a person or an organization, as far as Encuentro records it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address."""

    street: str = ""
    locality: str = ""
    region: str = ""
    code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A person or an organization; lists begin with what is preferred."""

    full_name: str
    family_name: str = ""
    given_name: str = ""
    other_names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    post: str = ""
    languages: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    note: str = ""
    uid: str = ""
    is_organization: bool = False
