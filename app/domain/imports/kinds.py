"""What an import can be of. Each kind says what its columns can be, and how its rows are judged, written and undone."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.domain.imports.fields import Field
from app.domain.imports.organizations import Organizations
from app.domain.imports.reasons import Reason
from app.domain_errors import DomainError
from app.models.imports.imports import Import, MatchKey, Verdict
from app.models.people.custom_fields import CustomField, RecordKind
from app.models.scoping import EVERYTHING, Scope
from app.queries.people import custom_fields as field_queries
from app.tables.errors import MOST_ROWS


class ChangedError(Exception):
    """The tables have changed since the preview."""


@dataclass(slots=True)
class Judged:
    """A row, and what becomes of it."""

    id: int
    number: int
    stored: Any
    """The row of the stage as it was read, with the earlier verdict."""
    verdict: Verdict = Verdict.CREATED
    reasons: list[Reason] = field(default_factory=list)
    first: int | None = None
    record_id: int | None = None
    """The id of the recorded row that it is about."""

    @property
    def is_different(self) -> bool:
        """Whether it is no longer what the preview showed."""
        shown = (self.stored.verdict, self.stored.first, self.stored.record_id, self.stored.reasons or [])
        return shown != (self.verdict, self.first, self.record_id, self.reasons)

    def refuse(self, *why: Reason) -> None:
        """Refuse the row."""
        self.verdict, self.reasons = Verdict.REFUSED, list(why)


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What keeps an import from being undone."""

    names: Sequence[str] = ()
    """The names of records on which something was built."""
    gone: int = 0
    """The number of records that no longer exist."""


class Kind(ABC):
    """What the rows of a file are."""

    fields: ClassVar[Sequence[Field]]
    """What a column can be. Of two fields with the same heading, the first is meant."""
    named_by: ClassVar[Sequence[Field]]
    """The fields whose values identify a row on the page."""
    keys: ClassVar[Sequence[MatchKey]]
    """How rows can be recognized as records that exist, the most usual first."""
    at_once: ClassVar[int] = 1_000
    """An import with fewer rows needs no worker."""
    of_congress: ClassVar[bool] = False
    """Whether it belongs to a congress always, and never to a campaign or to everything."""
    most_rows: ClassVar[int] = MOST_ROWS
    record_kind: ClassVar[RecordKind | None] = None
    """The kind of record whose fields of the house's own can be columns, if there is one."""

    def own_fields(self) -> Sequence[CustomField]:
        """Return the house's own fields that columns can be imported into."""
        return field_queries.asked(self.record_kind) if self.record_kind else ()

    def own_keys(self) -> Sequence[CustomField]:
        """Return those of the house's own fields by which rows can be recognized."""
        return ()

    @abstractmethod
    def check_mapping(self, mapped: frozenset[str]) -> None:
        """Raise DomainError if a field is missing without which rows cannot be imported."""

    @abstractmethod
    def judge(self, work: Import, organizations: Organizations) -> Iterator[Sequence[Judged]]:
        """Yield what would become of each row, in batches."""

    @abstractmethod
    def write(self, work: Import) -> None:
        """Write all rows. Raises ChangedError if one of them would be different from what the preview showed."""

    @abstractmethod
    def obstacles(self, work: Import) -> Obstacles:
        """Return what keeps the import from being undone."""

    @abstractmethod
    def take_back(self, work: Import) -> None:
        """Undo all that was written."""

    def usual_key(self, mapped: frozenset[str]) -> MatchKey:
        """Return the first key whose field is in the file, or else the last key, which needs none."""
        return next((key for key in self.keys if key.value in mapped), self.keys[-1])

    def require(self, mapped: frozenset[str], fields: Sequence[Field], message: str) -> None:
        """Raise DomainError with a message if no column is one of these fields."""
        if not mapped.intersection(fields):
            raise DomainError(None, message)


def scope_of(work: Import) -> Scope:
    """Return the scope in which an import is checked and written: its congress or campaign, whoever works on it."""
    if work.congress_id:
        return Scope(congress_ids=frozenset({work.congress_id}))
    if work.campaign_id:
        return Scope(campaign_ids=frozenset({work.campaign_id}))
    return EVERYTHING
