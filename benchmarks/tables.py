"""`encuentro bench tables`: reading and writing CSV and XLSX, in memory and CPU time, against Python's own csv module."""

import csv
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from app.tables import Value, csv_pieces, open_table, xlsx_pieces
from benchmarks import Case

COLUMNS = ("Given name", "Family name", "Email", "Phone", "Organization", "Country", "City", "Date", "Seats", "Note")


def run(quick: bool) -> list[Case]:
    """Measure 200,000 rows of ten columns against 20,000; with `quick`, 20,000 against 2,000."""
    most = 20_000 if quick else 200_000
    with tempfile.TemporaryDirectory(prefix="encuentro-bench-") as folder:
        return [*_writing(Path(folder), most), *_reading(Path(folder), most)]


def _writing(folder: Path, most: int) -> list[Case]:
    def plain(target: Path) -> None:
        with target.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(_rows(most))

    standard = _seconds(lambda: plain(folder / "plain.csv"))
    own = _seconds(lambda: _save(folder / "many.csv", csv_pieces(_rows(most))))
    xlsx = _seconds(lambda: _save(folder / "many.xlsx", xlsx_pieces(_rows(most))))
    _save(folder / "few.csv", csv_pieces(_rows(most // 10)))
    _save(folder / "few.xlsx", xlsx_pieces(_rows(most // 10)))
    return [
        Case(f"writing {most} rows: CSV without formulas ÷ csv.writer", own / standard, 2.5, "times"),
        Case(f"writing {most} rows: XLSX ÷ csv.writer", xlsx / standard, 8.0, "times"),
    ]


def _reading(folder: Path, most: int) -> list[Case]:
    def plain() -> None:
        with (folder / "many.csv").open(encoding="utf-8-sig", newline="") as file:
            for _ in csv.reader(file):
                pass

    standard = _seconds(plain)
    own = _seconds(lambda: _read(folder / "many.csv"))
    xlsx = _seconds(lambda: _read(folder / "many.xlsx"))
    return [
        Case(f"reading {most} rows: CSV ÷ csv.reader", own / standard, 12.0, "times"),
        Case(f"reading {most} rows: XLSX ÷ CSV, CPU", xlsx / own, 9.0, "times"),
        *(
            Case(
                f"memory of {most} rows ÷ memory of {most // 10}: {kind}",
                _peak(folder / f"many.{kind}") / _peak(folder / f"few.{kind}"),
                1.3,
                "times",
            )
            for kind in ("csv", "xlsx")
        ),
    ]


def _rows(most: int) -> Iterator[list[Value]]:
    yield list(COLUMNS)
    start = date(2026, 1, 1)
    for number in range(most):
        yield [
            f"Ana {number}", f"Quispe {number % 977}", f"ana{number}@example.org", f"+59171{number:06}", f"Union {number % 400}",
            "BO", f"City {number % 300}", start + timedelta(days=number % 365), number % 90, "a note = with a sign, and a comma",
        ]  # fmt: skip


def _save(target: Path, pieces: Iterable[bytes]) -> None:
    with target.open("wb") as file:
        file.writelines(pieces)


def _read(source: Path) -> None:
    with open_table(source) as table:
        for _ in table.sheets[0].records():
            pass


def _seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of some work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def _peak(source: Path) -> int:
    """Return the most memory that reading a file needs, in bytes."""
    tracemalloc.start()
    _read(source)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak
