"""`encuentro network build`: record the built-in places, and nonstop pairs from a file."""

import time
from datetime import UTC, date, datetime
from pathlib import Path

import click

from app import create_app
from app.dialects import keep_statistics
from app.domain.travel import gazetteer, passages, routes
from app.domain_errors import DomainError
from app.extensions import db
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.travel import network as network_queries

AIRLINES = ("airlines.csv.gz", "airlines.csv")


@click.group()
def network() -> None:
    """Build the transport network for alternative routes."""


@network.command()
@click.option(
    "--routes",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV of nonstop pairs by airline.",
)
@click.option(
    "--airlines",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV of airline names; looked for beside the routes.",
)
@click.option(
    "--confirmed", type=click.DateTime(["%Y-%m-%d", "%Y-%m"]), help="When the file was made; its own date otherwise."
)
def build(file: Path | None, airlines: Path | None, confirmed: datetime | None) -> None:
    """Record airports, cities, ports, crossings and carriers, and nonstop routes from a file."""
    begun = time.monotonic()
    with create_app().app_context():
        enter_scope(EVERYTHING)
        gazetteer.load()
        if file is not None:
            try:
                counts = routes.read_routes(
                    file, airlines or _beside(file), confirmed.date() if confirmed else _date(file)
                )
            except DomainError as error:
                raise click.ClickException(error.message % error.values if error.values else error.message) from error
            for name, count in counts.items():
                click.echo(f"{count:9,} {name}")
        keep_statistics(db.session)
        db.session.commit()
        built = network_queries.world()
        click.echo(
            f"{len(built.nodes):9,} places in the network\n{len(built):9,} ways between them\n{built.nbytes / 2**20:9.1f} MB"
        )
        click.echo(f"{time.monotonic() - begun:9.1f} seconds")


def _beside(file: Path) -> Path | None:
    return next((file.with_name(name) for name in AIRLINES if file.with_name(name).exists()), None)


def _date(file: Path) -> date:
    return datetime.fromtimestamp(file.stat().st_mtime, tz=UTC).date()


@network.command("passages")
def find_passages() -> None:
    """Find anew which countries the legs over land pass through; this also happens every night."""
    with create_app().app_context():
        enter_scope(EVERYTHING)
        changed = passages.derive()
        db.session.commit()
        click.echo(f"{changed:9,} legs changed")
