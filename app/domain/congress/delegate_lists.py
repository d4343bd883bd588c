"""Turns a pasted list of people into delegates: first a preview, then, after confirmation, rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.congress import delegations
from app.domain.congress.delegations import NewSeat
from app.domain.congress.name_lines import NameLine, people_in
from app.domain.people import people
from app.domain_errors import DomainError
from app.email_addresses import fault, normalized
from app.models.congress.delegations import Capacity, Delegate, Delegation
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.queries.congress import delegate_lists
from app.queries.people import people as person_queries
from app.text import N_, plain, searchable

MOST_LINES = 200
LONGEST_NAME = 200
LONGEST_PHONE = 40
TWO_FAMILY_NAMES = frozenset({
    "AR", "BO", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "GQ", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "PY", "SV", "UY", "VE",
})  # fmt: skip
"""Countries where people usually have two family names."""
HEAD = "head"
"""The meaning of words for the head of the delegation."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recorded person who may be the one on a line."""

    person_id: int
    name: str
    organization: str
    is_likely: bool
    """Whether the name is the same and the email addresses do not differ."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A parsed line of the list."""

    line: int
    given_name: str
    family_name: str
    email: str = ""
    phone: str = ""
    post: str = ""
    organization_id: int | None = None
    organization: str = ""
    """The name of the person's own organization; empty for that of the delegation."""
    capacity: Capacity | None = None
    """The capacity on the line; None means delegate."""
    is_head: bool = False
    candidates: tuple[Candidate, ...] = ()
    is_seated: bool = False
    """Whether exactly one person with this name is recorded and already in the delegation."""
    repeats: int = 0
    """The earlier line with the same person, or 0."""
    error: str = ""
    """A translatable message that says what is wrong with the line."""
    typed: str = ""
    """The value in the message."""

    @property
    def is_new(self) -> bool:
        """Whether saving the list adds a delegate for this line."""
        return not (self.is_seated or self.repeats or self.error)


@dataclass(frozen=True, slots=True)
class DelegateList:
    """A parsed list for a delegation."""

    delegation_id: int
    entries: tuple[Entry, ...]
    seats: int
    delegates: int
    """The number of delegates that the delegation already has."""

    @property
    def new(self) -> list[Entry]:
        """The lines that add a delegate."""
        return [entry for entry in self.entries if entry.is_new]

    @property
    def faulty(self) -> list[Entry]:
        """The lines that cannot be saved."""
        return [entry for entry in self.entries if entry.error]

    @property
    def is_ready(self) -> bool:
        """Whether every line is valid, and at least one is new."""
        return bool(self.new) and not self.faulty

    @property
    def without_seat(self) -> int:
        """The number of delegates in excess of the seats."""
        return max(0, self.delegates + len(self.new) - self.seats)


def understand(delegation: Delegation, text: str, words: Mapping[str, Capacity | str]) -> DelegateList:
    """Parse a pasted list for a delegation; `words` maps the folded words for capacities and for HEAD to their meaning.

    Raises DomainError on `people` if there are no names, or too many lines.
    """
    entries = entries_in(text, delegation.country, words)
    if not entries:
        raise DomainError("people", N_("No names were found. Enter one person per line."))
    if len(entries) > MOST_LINES:
        raise DomainError(
            "people",
            N_("%(count)s lines are too many. Paste up to %(most)s at a time."),
            count=len(entries),
            most=MOST_LINES,
        )
    seated = {one.person_id for one in delegation.delegates}
    return DelegateList(delegation.id, tuple(compared(entries, seated)), delegation.seats, len(delegation.delegates))


def entries_in(text: str, country: str, words: Mapping[str, Capacity | str]) -> list[Entry]:
    """Return the people of a list, line by line, without candidates; `country` decides about their family names."""
    organizations = delegate_lists.organizations_by_name(text)
    lines = people_in(
        text,
        is_known=lambda cell: plain(cell) in words or plain(cell) in organizations,
        two_family_names=country in TWO_FAMILY_NAMES,
    )
    return [_entry(line, words, organizations) for line in lines]


def seat(delegation: Delegation, listed: DelegateList, chosen: Mapping[int, int | None]) -> list[Delegate]:
    """Add everyone on a list; `chosen` maps line numbers to the id of a recorded person, or None for a new one.

    A recorded person is not changed. Raises LookupError for a person who is not a candidate for that line.
    """
    known = delegate_lists.people_by_id({one.person_id for entry in listed.new for one in entry.candidates})
    own = delegate_lists.organizations_by_id({entry.organization_id for entry in listed.new if entry.organization_id})
    seats = []
    for entry in listed.new:
        offered = {one.person_id for one in entry.candidates}
        person_id = chosen.get(entry.line)
        if person_id is not None and person_id not in offered:
            raise LookupError(person_id)
        organization = own.get(entry.organization_id or 0, delegation.organization)
        person = known[person_id] if person_id is not None else _create(delegation, entry, organization)
        seats.append(NewSeat(person, entry.capacity or Capacity.DELEGATE, entry.is_head))
    return delegations.add_delegates(delegation, seats)


def _entry(line: NameLine, words: Mapping[str, Capacity | str], organizations: Mapping[str, Organization]) -> Entry:
    entry = Entry(line.number, line.given, line.family, phone=line.phones[0] if line.phones else "")
    posts = []
    for cell in line.others:
        word, organization = words.get(plain(cell)), organizations.get(plain(cell))
        if isinstance(word, Capacity):
            entry = replace(entry, capacity=word)
        elif word == HEAD:
            entry = replace(entry, is_head=True)
        elif organization:
            entry = replace(entry, organization_id=organization.id, organization=organization.name)
        else:
            posts.append(cell)
    entry = replace(entry, email=normalized(line.emails[0]) if line.emails else "", post=", ".join(posts))
    error, typed = _fault(line, entry)
    return replace(entry, error=error, typed=typed[:80])


def _fault(line: NameLine, entry: Entry) -> tuple[str, str]:
    """Return the message about a line and the value in it; both are empty if the line is valid."""
    name = f"{entry.given_name} {entry.family_name}".strip()
    if not any(char.isalpha() for char in name):
        return N_("No name was found on this line."), ""
    if any(char.isdigit() or char in "<>{}[]=@/\\|" for char in name):
        return N_("“%(typed)s” does not look like a name."), name
    if max(len(entry.given_name), len(entry.family_name), len(entry.post)) > LONGEST_NAME:
        return N_("“%(typed)s…” is too long."), name
    if len(line.emails) > 1 or len(line.phones) > 1:
        return N_("Enter at most one email address and one phone number."), ""
    if len(entry.phone) > LONGEST_PHONE:
        return N_("“%(typed)s…” is too long."), entry.phone
    return (fault(entry.email) or "", entry.email) if entry.email else ("", "")


def compared(entries: Sequence[Entry], seated: Collection[int]) -> list[Entry]:
    """Return the lines with candidates, and with marks for repeated lines and for people who are `seated` already."""
    named = person_queries.alike(
        [_words(entry) for entry in entries], [entry.email for entry in entries if entry.email]
    )
    first: dict[tuple[str, str], int] = {}
    compared = []
    for entry in entries:
        found = [one for one in named if one.words == _words(entry) or (entry.email and one.email == entry.email)]
        there = [one for one in found if one.id in seated]
        compared.append(
            replace(
                entry,
                candidates=tuple(_candidate(one, entry) for one in found if one.id not in seated),
                is_seated=bool(there) and len(found) == len(there) and not _differs(there, entry),
                repeats=first.get((_words(entry), entry.email), 0),
            )
        )
        first.setdefault((_words(entry), entry.email), entry.line)
    return compared


def _differs(people: Sequence[Person], entry: Entry) -> bool:
    """Return whether the address on the line is different from those of all these people."""
    return bool(entry.email) and all(one.email not in (None, entry.email) for one in people)


def _candidate(person: Person, entry: Entry) -> Candidate:
    belongs = next((one.organization.name for one in person.memberships if one.end_date is None), "")
    is_likely = person.words == _words(entry) and not _differs([person], entry)
    return Candidate(person.id, person.full_name, belongs, is_likely)


def _words(entry: Entry) -> str:
    return searchable(f"{entry.given_name} {entry.family_name}".strip())


def _create(delegation: Delegation, entry: Entry, organization: Organization) -> Person:
    return people.create(
        {
            "given_name": entry.given_name,
            "family_name": entry.family_name or None,
            "family_name_first": False,
            "preferred_language": None,
            "country": delegation.country,
            "nationality": None,
            "locality": None,
            "email": entry.email or None,
            "phone": entry.phone or None,
            "is_at_risk": None,
            "organization": organization,
            "post": entry.post or None,
        },
        congress_id=delegation.congress_id,
    )
