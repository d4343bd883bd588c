"""What is compared of a person or an organization."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person. All texts are as people typed them; everything but one name may be missing."""

    given_name: str
    family_name: str | None = None
    other_names: tuple[str, ...] = ()
    """Full names in other spellings or scripts."""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    country: str | None = None
    """ISO 3166-1 alpha-2; also the country in which phone numbers without a country code are dialed."""
    locality: str | None = None
    organizations: frozenset[int] = field(default_factory=frozenset)
    """The ids of the organizations that the person belongs to or belonged to."""


@dataclass(frozen=True, slots=True)
class OrganizationRecord:
    """An organization. All texts are as people typed them."""

    name: str
    other_names: tuple[str, ...] = ()
    acronym: str | None = None
    country: str | None = None
    website: str | None = None


Record = PersonRecord | OrganizationRecord
