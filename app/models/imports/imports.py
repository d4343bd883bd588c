"""Imports: a file on its way into the tables, and what it did there."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, LargeBinary, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.leases import Leased
from app.models.scoping import InEither, Scope, Scoped, rows_before_and_after
from app.models.types import CountryCode, Instant, Name, PrimaryKey, SealedJSON, Short, one_of


class ImportKind(StrEnum):
    """What the rows of a file are."""

    PEOPLE = "people"
    ORGANIZATIONS = "organizations"
    MEMBERSHIPS = "memberships"
    DELEGATIONS = "delegations"
    """Delegations with their delegates."""
    LEGS = "legs"


class ImportStatus(StrEnum):
    """How far an import is. A worker continues those whose names begin with `TO`."""

    TO_READ = "to_read"
    """The file is stored, and has to be read into the stage."""
    OPENED = "opened"
    """It has several sheets, and a person has to choose one."""
    READ = "read"
    """A person has to say what the columns are."""
    TO_CHECK = "to_check"
    CHECKED = "checked"
    """A person looks at what would be written."""
    TO_WRITE = "to_write"
    WRITTEN = "written"
    TO_UNDO = "to_undo"
    UNDONE = "undone"
    FAILED = "failed"
    """The file cannot be read."""


class MatchKey(StrEnum):
    """How a row is recognized as a record that exists."""

    RECORD_NUMBER = "record_number"
    """The number that Encuentro gave the record; a downloaded list has it."""
    EMAIL = "email"
    PHONE = "phone"
    OWN = "own"
    """A text or a number that the house itself keeps, in one of its own fields."""
    NAME = "name"
    """The name together with the organization; of organizations, the name or the acronym."""
    WEBSITE = "website"
    COURSE = "course"
    """The delegation, the places and the day of departure."""
    SERVICE = "service"
    """The delegation, the number of the service and the day of departure."""


class Policy(StrEnum):
    """What happens to a record that exists."""

    FILL = "fill"
    """Only what is missing is added."""
    OVERWRITE = "overwrite"
    LEAVE = "leave"


class Verdict(StrEnum):
    """What an import makes of a row."""

    CREATED = "created"
    UPDATED = "updated"
    JOINED = "joined"
    """Its details are added to the record of an earlier row."""
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Import(Leased, Base, InEither):
    """A file and its way into the tables, for one congress or campaign, or for those with access to everything.

    Only people who are visible in its congress or campaign are recognized, whoever works on it.
    """

    __tablename__ = "imports"

    id: Mapped[PrimaryKey]
    kind: Mapped[ImportKind] = mapped_column(one_of(ImportKind))
    status: Mapped[ImportStatus] = mapped_column(one_of(ImportStatus), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    asked_at: Mapped[Instant]
    """When a person last asked for the work that a worker does."""
    file_name: Mapped[Name]
    sheets: Mapped[list[dict[str, Any]]] = mapped_column(JSON, deferred=True)
    """The sheets to choose from, if there are several: `name` and `header`."""
    sheet: Mapped[Name | None]
    """The sheet of the file that is read, if it has several."""
    header: Mapped[list[str]] = mapped_column(JSON)
    header_digest: Mapped[Short | None] = mapped_column(index=True)
    """The same for files with the same columns."""
    top: Mapped[list[dict[str, Any]]] = mapped_column(JSON, deferred=True)
    """The first rows of the file, until it is written: `number`, `cells`, `problems`, and the header that each would be:
    its `names`, and the number of its `last` row."""
    header_row: Mapped[int | None]
    """The row where the header begins; 0 if the file has none, and None if it cannot be chosen."""
    samples: Mapped[list[list[str]]] = mapped_column(JSON)
    """Some values of each column."""
    mapping: Mapped[list[str]] = mapped_column(JSON)
    """What each column is, as a value of `app.domain.imports.fields.Field`; empty for columns that are not imported."""
    key: Mapped[MatchKey] = mapped_column(one_of(MatchKey))
    key_field: Mapped[Short | None]
    """The key of the house's own field by which records are recognized (`CustomField.key`)."""
    policy: Mapped[Policy] = mapped_column(one_of(Policy))
    country: Mapped[CountryCode | None]
    """The country of phone numbers, people and organizations without one."""
    unknown: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    """Organizations that are not recorded, by sort key: `name`, `rows`, and `country`, if it is known."""
    decisions: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    """What people decided about these: `id` of a recorded one, or `name`, `country` and `classification` to record it."""
    recorded: Mapped[list[int]] = mapped_column(JSON, deferred=True)
    """The ids of the organizations that were recorded with it."""
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    """The number of rows by verdict."""
    total: Mapped[int] = mapped_column(default=0)
    """The number of rows."""
    done: Mapped[int] = mapped_column(default=0)
    """The number of rows that the current step has processed."""
    attempts: Mapped[int] = mapped_column(default=0)
    """How often workers began the current step."""
    failure: Mapped[Short | None]
    """Why it cannot be read (`app.tables.Reason`), written or undone (app/domain/imports)."""
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Values for the sentence about the failure."""
    written_at: Mapped[Instant | None]
    last_entry_id: Mapped[int | None]
    """The newest audit entry when it was written: later ones about the same people keep it from being undone."""
    undo_entry_id: Mapped[int | None] = mapped_column(ForeignKey("undo_entries.id", ondelete="SET NULL"))
    """What it changed, except for people, who are too many."""

    created_by: Mapped[User | None] = relationship(foreign_keys=[created_by_id])

    @property
    def where(self) -> dict[str, int | None]:
        """The ids of its congress and campaign."""
        return {"congress_id": self.congress_id, "campaign_id": self.campaign_id}

    @property
    def is_waiting(self) -> bool:
        """Whether a worker will continue it."""
        return self.status in WORK

    @property
    def is_mapped(self) -> bool:
        """Whether a person has said what its columns are."""
        return self.status not in UNMAPPED

    @property
    def is_open(self) -> bool:
        """Whether nothing of it has been written yet, so that it can be changed."""
        return self.status in (ImportStatus.READ, ImportStatus.CHECKED)

    @property
    def is_discardable(self) -> bool:
        """Whether it can be deleted without a trace."""
        return self.is_open or self.status in (ImportStatus.OPENED, ImportStatus.FAILED)


WORK = frozenset({ImportStatus.TO_READ, ImportStatus.TO_CHECK, ImportStatus.TO_WRITE, ImportStatus.TO_UNDO})
"""The statuses that a worker acts on."""
UNMAPPED = frozenset({ImportStatus.TO_READ, ImportStatus.OPENED, ImportStatus.READ, ImportStatus.FAILED})
"""The statuses in which no person has said what the columns are."""


class OfImport(Scoped):
    """A row that belongs to an import and has the same visibility."""

    work: Mapped[Import]

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible with its import."""
        visible = select(Import.id).where(Import.criteria())
        return cls.import_id.in_(visible)  # type: ignore[attr-defined, no-any-return]

    def belongs_to(self, scope: Scope) -> bool:
        """Writable with its import."""
        imports = rows_before_and_after(self, "work")
        return bool(imports) and all(one is not None and one.belongs_to(scope) for one in imports)


class ImportFile(Base, OfImport):
    """A piece of an uploaded file. It is deleted as soon as the file has been read."""

    __tablename__ = "import_files"
    __table_args__ = (UniqueConstraint("import_id", "position"),)

    id: Mapped[PrimaryKey]
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), active_history=True)
    position: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)

    work: Mapped[Import] = relationship(active_history=True)


class ImportRow(Base, OfImport):
    """A row of a file, as it was read or corrected."""

    __tablename__ = "import_rows"
    __table_args__ = (UniqueConstraint("import_id", "number"),)

    id: Mapped[PrimaryKey]
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), active_history=True)
    number: Mapped[int]
    """The number that spreadsheet programs show beside it."""
    cells: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """The texts of its cells; deleted when they have been written."""
    problems: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    """What is wrong with cells in the file (`app.tables.Problem`), by position."""
    verdict: Mapped[Verdict | None] = mapped_column(one_of(Verdict))
    reasons: Mapped[list[list[str]] | None] = mapped_column(JSON(none_as_null=True))
    """Why it is refused, or what is updated: a code with its values (`app.domain.imports.reasons`)."""
    first: Mapped[int | None]
    """The number of the earlier row whose record it is about."""
    record_id: Mapped[int | None] = mapped_column(index=True)
    """The recorded row; not a reference, because the import must not keep records from being merged or deleted."""
    before: Mapped[dict[str, Any] | None] = mapped_column(SealedJSON("import_rows.before"))
    """What was overwritten and added, to undo it."""

    work: Mapped[Import] = relationship(active_history=True)

    def text(self, position: int) -> str:
        """Return the text of a cell."""
        return self.cells[position] if self.cells and position < len(self.cells) else ""
