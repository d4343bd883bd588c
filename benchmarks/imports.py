"""`./run bench imports`: people from a file, against a bare insert of the same rows into the same tables.

Times are of the processor, with that of the database server if there is one: they do not depend on what else the
machine does.
"""

import resource
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from typing import IO, Any

from sqlalchemy import func, insert, select

from app.domain.accounts import accounts
from app.domain.congress import congresses
from app.domain.imports import imports
from app.extensions import Base, db
from app.jobs.imports.run_imports import run_due_imports
from app.models.accounts.accounts import User
from app.models.accounts.audit import AuditEntry
from app.models.congress.congresses import CongressStatus
from app.models.imports.imports import Import, ImportKind, ImportStatus, MatchKey, Policy
from app.models.people.memberships import Membership
from app.models.people.organizations import Classification, Organization
from app.models.people.people import ContactDetail, Participation, Person
from app.tables import csv_pieces, xlsx_pieces
from benchmarks import Case, databases
from benchmarks.ground import NOW, house

ROWS, FEW = 200_000, 20_000
_HEADER = (
    "Nombre", "Apellidos", "Correo", "Teléfono", "Organización", "Cargo", "País", "Ciudad", "Idioma", "Desde",
)  # fmt: skip
_WRITTEN: tuple[type[Base], ...] = (Person, ContactDetail, Membership, Participation, AuditEntry)
_READS = {"unscoped": "the benchmark copies its own rows"}


def run(quick: bool) -> list[Case]:
    """Measure imports as CSV and as XLSX, their undoing, and their memory with many and with few rows, on each database."""
    rows, few = (2_000, 1_000) if quick else (ROWS, FEW)
    return [case for kind in databases.kinds() for case in _cases(kind, rows, few)]


def _cases(database: str, rows: int, few: int) -> list[Case]:
    files = (("csv", rows), ("xlsx", rows), ("csv", few))
    csv, xlsx, small = (_measured(database, kind, number) for kind, number in files)
    return [
        Case(f"{database}: speed of an import of {rows:,} rows (CSV) to that of a bare insert", csv["bare"] / csv["whole"], 0.15, "×", at_least=True),
        Case(f"{database}: an import as XLSX to one as CSV", xlsx["whole"] / csv["whole"], 1.6, "×"),
        Case(f"{database}: memory with {rows:,} rows to that with {few:,}, CSV", csv["memory"] / small["memory"], 1.3, "×"),
        Case(f"{database}: memory with {rows:,} rows, XLSX to CSV", xlsx["memory"] / csv["memory"], 1.3, "×"),
        Case(f"{database}: undoing to writing", csv["undo"] / csv["write"], 2.0, "×"),
    ]  # fmt: skip


def _measured(database: str, kind: str, rows: int) -> dict[str, float]:
    """Measure in a process of its own, because memory is never given back."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (database, kind, rows))


def _measure(database: str, kind: str, rows: int) -> dict[str, float]:
    with house(database):
        user, congress = _prepared()
        file = _file(kind, rows)
        started = _spent()
        work = imports.begin(file, f"people.{kind}", ImportKind.PEOPLE, by=user, congress_id=congress)
        db.session.commit()
        number = work.id
        _work()
        work = db.session.get_one(Import, number)
        values = {
            "mapping": list(work.mapping),
            "key": MatchKey.EMAIL,
            "key_field": None,
            "policy": Policy.FILL,
            "country": None,
        }
        imports.map_columns(work, values, by=user)  # type: ignore[arg-type]
        db.session.commit()
        _work()
        written = _timed(lambda: _ask(imports.write, number, user))
        whole = _spent() - started
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        if db.session.get_one(Import, number).status is not ImportStatus.WRITTEN:
            raise RuntimeError("the import was not written")
        copied = {model: _copied(model) for model in _WRITTEN}
        undone = _timed(lambda: _ask(imports.undo, number, user))
        if db.session.get_one(Import, number).status is not ImportStatus.UNDONE:
            raise RuntimeError("the import was not undone")
        bare = _timed(lambda: _insert(copied))
        return {"whole": whole, "write": written, "undo": undone, "bare": bare, "memory": float(memory)}


def _prepared() -> tuple[User, int]:
    db.session.execute(insert(Organization), [
        {
            "name": f"Sindicato {number}", "country": "VE", "classification": Classification.UNION, "created_at": NOW,
            "sort_key": f"sindicato {number}", "words": f"sindicato {number}",
        }
        for number in range(400)
    ])  # fmt: skip
    user = accounts.create_user(
        email="alice@example.org", name="Alice", locale="en", timezone="UTC", password=None, invited=False
    )
    congress = congresses.create({
        "title": "Congress", "edition": None, "theme": None, "venue": None, "locality": "Caracas", "country": "VE",
        "start_date": NOW.date(), "end_date": NOW.date(), "timezone": "UTC", "status": CongressStatus.CONFIRMED, "help_name": None,
        "help_phone": None,
    })  # fmt: skip
    db.session.commit()
    return user, congress.id


def _file(kind: str, rows: int) -> IO[bytes]:
    lines = (
        [
            f"Ana María {number}", f"Núñez Soto {number % 977}", f"persona{number}@example.org", f"+58212{number:07}",
            f"Sindicato {number % 400}", "delegada", "Venezuela", "Maracaibo", "español", "2020-01-31",
        ]
        for number in range(rows)
    )  # fmt: skip
    pieces: Callable[..., Any] = csv_pieces if kind == "csv" else xlsx_pieces
    file = tempfile.TemporaryFile()  # noqa: SIM115 - on disk, as the web server keeps what it receives
    for piece in pieces(_with_header(lines)):
        file.write(piece)
    return file


def _with_header(lines: Any) -> Any:
    yield list(_HEADER)
    yield from lines


def _work() -> None:
    run_due_imports(after_each=lambda: None)


def _ask(step: Callable[..., None], number: int, user: User) -> None:
    step(db.session.get_one(Import, number), by=user)
    db.session.commit()
    _work()


def _timed(do: Callable[[], None]) -> float:
    started = _spent()
    do()
    return _spent() - started


def _spent() -> float:
    return time.process_time() + databases.server_seconds()


def _copied(model: Any) -> list[dict[str, Any]]:
    """Return the rows of a table, as they can be inserted again."""
    table = model.__table__
    rows = db.session.execute(select(table).where(table.c.id > 0), execution_options=_READS).mappings()
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def _insert(copied: dict[Any, list[dict[str, Any]]]) -> None:
    """Insert people anew, and everything that belongs to them with their new ids."""
    people = copied.pop(Person)
    for start in range(0, len(people), 5_000):
        db.session.execute(insert(Person), people[start : start + 5_000], execution_options=_READS)
    databases.gather_statistics()  # otherwise PostgreSQL checks each reference by reading all people
    first = db.session.scalar(select(func.min(Person.__table__.c.id)), execution_options=_READS)
    for model, rows in copied.items():
        offset = min(row["person_id"] for row in rows if row["person_id"] is not None)
        for row in rows:
            if row["person_id"] is not None:
                row["person_id"] += first - offset
        for start in range(0, len(rows), 5_000):
            db.session.execute(insert(model), rows[start : start + 5_000], execution_options=_READS)
    db.session.commit()
