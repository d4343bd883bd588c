"""Turns a pasted list of delegations into rows, after a preview: organization, country, seats and head on each line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.countries import code_of
from app.domain.congress import delegate_lists, delegations
from app.domain.congress.delegate_lists import DelegateList, Entry
from app.domain.congress.pasted_lines import divider_of, numbered_lines
from app.domain.people import organizations
from app.domain_errors import DomainError
from app.models.congress.congresses import Congress
from app.models.congress.delegations import LEAST_SEATS, MOST_SEATS, Capacity, Delegation, DelegationStatus
from app.models.people.organizations import Classification, Organization
from app.queries.congress import delegate_lists as delegate_list_queries
from app.text import N_, plain, words_of

MOST_LINES = 100
LONGEST_LINE = 1000
LONGEST_NAME = 200
_SEATS = re.compile(r"\d{1,6}")
_HEADINGS = frozenset(
    words_of("""
    organization organizations organizacion organizaciones organizacao organisation country countries pais paises pays seats seat
    cupos cupo plazas puestos vagas places head of delegation jefe jefa jefatura de la delegacion delegation delegations delegaciones
    chefe da delegacao chef traveling from viaja desde name nombre and y
    """)
)


@dataclass(frozen=True, slots=True)
class Known:
    """A recorded organization that may be the one on a line."""

    organization_id: int
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class Line:
    """A parsed line: a delegation."""

    number: int
    """The number of the line in the list, from 1."""
    organization: str
    country: str | None
    """The country it travels from; None if a person must choose."""
    seats: int
    head: Entry | None = None
    candidates: tuple[Known, ...] = ()
    """The organizations of this name."""
    organization_id: int | None = None
    """The organization; None if it is new or a person must choose."""
    unknown: str = ""
    """The cell in place of the country."""
    is_recorded: bool = False
    """Whether the congress has this delegation already."""
    repeats: int = 0
    """The earlier line with the same delegation, or 0."""
    error: str = ""
    """A translatable message that says what is wrong with the line."""
    typed: str = ""
    """The value in the message."""

    @property
    def is_new(self) -> bool:
        """Whether saving the list records a delegation for this line."""
        return not (self.is_recorded or self.repeats or self.error)

    @property
    def asks_organization(self) -> bool:
        """Whether a person has to choose the organization."""
        return self.is_new and bool(self.candidates) and self.organization_id is None

    @property
    def asks_country(self) -> bool:
        """Whether a person has to choose the country."""
        return self.is_new and self.country is None


@dataclass(frozen=True, slots=True)
class DelegationList:
    """A parsed list of delegations to a congress."""

    congress_id: int
    lines: tuple[Line, ...]
    classification: Classification
    """The classification of new organizations."""

    @property
    def new(self) -> list[Line]:
        """The lines that record a delegation."""
        return [line for line in self.lines if line.is_new]

    @property
    def faulty(self) -> list[Line]:
        """The lines that cannot be saved."""
        return [line for line in self.lines if line.error]

    @property
    def is_ready(self) -> bool:
        """Whether every line is valid, and at least one is new."""
        return bool(self.new) and not self.faulty


@dataclass(frozen=True, slots=True)
class Answers:
    """The choices on one line; None for a new organization or person."""

    organization_id: int | None = None
    country: str | None = None
    person_id: int | None = None


def understand(
    congress: Congress, text: str, words: Mapping[str, Capacity | str], seats: int, classification: Classification
) -> DelegationList:
    """Parse a pasted list; `words` is as for delegate_lists, `seats` is for lines without a number.

    Raises DomainError on `delegations` if the list is empty or too long.
    """
    lines = [
        _line(number, line, congress, words, seats)
        for number, line in numbered_lines(text, headings=_HEADINGS, longest=LONGEST_LINE)
    ]
    if not lines:
        raise DomainError("delegations", N_("No organizations were found. Enter one delegation per line."))
    if len(lines) > MOST_LINES:
        raise DomainError(
            "delegations",
            N_("%(count)s lines are too many. Paste up to %(most)s at a time."),
            count=len(lines),
            most=MOST_LINES,
        )
    return DelegationList(congress.id, tuple(_compared(congress, lines)), classification)


def record(congress: Congress, listed: DelegationList, answers: Mapping[int, Answers]) -> list[Delegation]:
    """Record the delegations of a list with their heads, and the organizations that are new."""
    ids = {one.organization_id for line in listed.new for one in line.candidates}
    known = delegate_list_queries.organizations_by_id(ids)
    there = delegate_list_queries.delegations_of(congress.id)
    made: dict[tuple[str, str], Organization] = {}
    recorded = []
    for line in listed.new:
        answer = answers.get(line.number, Answers())
        country = line.country or answer.country
        if country is None:
            raise LookupError(line.number)
        organization = _organization(line, answer, country, listed.classification, known, made)
        if (organization.id, country) in there:
            continue
        there.add((organization.id, country))
        recorded.append(_delegation(congress, line, organization, country, answer.person_id))
    return recorded


def _line(number: int, text: str, congress: Congress, words: Mapping[str, Capacity | str], seats: int) -> Line:
    divider = divider_of(text) or ","
    cells = [" ".join(cell.split()).strip(" \"'()") for cell in text.split(divider)]
    cells = [cell for cell in cells if plain(cell)]
    counts = [cell for cell in cells if _SEATS.fullmatch(cell)]
    cells = [cell for cell in cells if cell not in counts]
    organization, country, unknown, rest = _parts(cells, ", " if divider == "," else " ")
    entries = delegate_lists.entries_in(f"{divider} ".join(rest), country or congress.country, words) if rest else []
    line = Line(
        number,
        organization,
        country,
        int(counts[0]) if counts else seats,
        replace(entries[0], line=number, is_head=True) if entries else None,
        unknown=unknown,
    )
    error, typed = _fault(line, len(counts))
    return replace(line, error=error, typed=typed[:80])


def _parts(cells: Sequence[str], joint: str) -> tuple[str, str | None, str, Sequence[str]]:
    """Return the organization, its country or the cell in its place, and the cells after it."""
    place = next((place for place, cell in enumerate(cells) if place and code_of(cell)), None)
    if place is not None:
        return joint.join(cells[:place]), code_of(cells[place]), "", cells[place + 1 :]
    if len(cells) > 1 and code_of(cells[0]):
        return cells[1], code_of(cells[0]), "", cells[2:]
    if len(cells) == 1 and code_of(cells[0]):
        return "", code_of(cells[0]), "", ()
    return (cells[0] if cells else ""), None, (cells[1] if len(cells) > 1 else ""), cells[2:]


def _fault(line: Line, counts: int) -> tuple[str, str]:
    """Return the message about a line and the value in it; both are empty if the line is valid."""
    if not any(char.isalpha() for char in line.organization):
        return N_("No organization was found on this line."), ""
    if len(line.organization) > LONGEST_NAME:
        return N_("“%(typed)s…” is too long."), line.organization
    if counts > 1:
        return N_("Enter only one number of seats."), ""
    if not LEAST_SEATS <= line.seats <= MOST_SEATS:
        return delegations.SEATS_OUT_OF_RANGE, ""
    return (line.head.error, line.head.typed) if line.head else ("", "")


def _compared(congress: Congress, lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the organizations and people they may mean, and with marks for those to leave out."""
    called = delegate_list_queries.organizations_called({line.organization for line in lines})
    there = delegate_list_queries.delegations_of(congress.id)
    heads = delegate_lists.compared([line.head for line in lines if line.head], ())
    head_of = {head.line: replace(head, repeats=0) for head in heads}
    first: dict[tuple[str, str | None], int] = {}
    compared = []
    for line in lines:
        found = [Known(one.id, one.name, one.country) for one in called.get(plain(line.organization), ())]
        country = line.country or (found[0].country if len(found) == 1 and not line.unknown else None)
        here = [one for one in found if one.country == country]
        key = (plain(line.organization), country)
        compared.append(
            replace(
                line,
                country=country,
                head=head_of.get(line.number),
                candidates=tuple(found),
                organization_id=here[0].organization_id if len(here) == 1 else None,
                is_recorded=any((one.organization_id, country) in there for one in found),
                repeats=first.get(key, 0),
            )
        )
        first.setdefault(key, line.number)
    return compared


def _organization(
    line: Line,
    answer: Answers,
    country: str,
    classification: Classification,
    known: Mapping[int, Organization],
    made: dict[tuple[str, str], Organization],
) -> Organization:
    """Return the organization of a line; a new one is recorded once, however many lines name it."""
    chosen = line.organization_id or answer.organization_id
    if chosen is not None:
        if chosen not in {one.organization_id for one in line.candidates}:
            raise LookupError(chosen)
        return known[chosen]
    key = (plain(line.organization), country)
    if key not in made:
        made[key] = organizations.create(
            {
                "name": line.organization,
                "acronym": None,
                "classification": classification,
                "sector": None,
                "country": country,
                "locality": None,
                "website": None,
            }
        )
    return made[key]


def _delegation(
    congress: Congress, line: Line, organization: Organization, country: str, person_id: int | None
) -> Delegation:
    delegation = delegations.create(
        congress,
        {
            "organization": organization,
            "country": country,
            "origin": None,
            "seats": line.seats,
            "status": DelegationStatus.INVITED,
            "reason": None,
            "problem": None,
        },
    )
    if line.head:
        delegate_lists.seat(
            delegation, DelegateList(delegation.id, (line.head,), line.seats, 0), {line.number: person_id}
        )
    return delegation
