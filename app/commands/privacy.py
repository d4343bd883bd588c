"""`encuentro erase`, `encuentro about` and `encuentro proofs`: erasing a person, everything about one, and what is left of consents."""

from pathlib import Path

import click
from flask import current_app
from flask_babel import force_locale

from app import create_app
from app.commands.users import sentence_of
from app.dialects import read_only
from app.domain.privacy import erasures
from app.domain.privacy import person_exports as exports
from app.domain_errors import DomainError
from app.email_addresses import normalized
from app.extensions import db
from app.jobs.privacy.cleaning import clean
from app.models.people.people import Person
from app.models.removing import REMOVED
from app.models.scoping import EVERYTHING, enter_scope
from app.private_files import write_whole
from app.queries.people import merges
from app.queries.privacy import erasures as erasure_queries
from app.queries.privacy import suppressions as suppression_queries
from app.startup import settings_of_process
from app.views.privacy import person_exports as export_views


@click.command()
@click.argument("person_id", type=int)
@click.option("--dry-run", is_flag=True, help="Only say what would be erased.")
def erase(person_id: int, dry_run: bool) -> None:
    """Erase a person for good, with all copies. PERSON_ID is the number in the address of her page.

    This cannot be undone. Backups that were made before contain her until they expire: see docs/backups.md.
    """
    with create_app(settings_of_process()).app_context():
        enter_scope(EVERYTHING)
        try:
            erasure = erasures.erase(_person(person_id), by=None)
        except DomainError as error:
            raise click.ClickException(sentence_of(error)) from error
        counts = dict(erasure.counts)
        if dry_run:
            db.session.rollback()
        else:
            db.session.commit()
        for name, count in counts.items():
            click.echo(f"{name}: {count}")
        if dry_run:
            click.echo("Nothing was erased, because of --dry-run.")
        elif clean(current_app.config["SETTINGS"]):
            click.echo("Erased. The free pages of the database were cleaned.")
        else:
            click.echo("Erased. The database is in use, so a worker cleans its free pages within minutes.")


@click.command()
@click.argument("person_id", type=int)
@click.option(
    "--to", "file", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The ZIP file to write."
)
@click.option("--locale", default="es", show_default=True, help="The language of the readable page in it.")
def about(person_id: int, file: Path, locale: str) -> None:
    """Write everything about one person to a file. PERSON_ID is the number in the address of her page."""
    app = create_app(settings_of_process())
    with app.app_context(), app.test_request_context(), force_locale(locale):
        enter_scope(EVERYTHING)
        person = _person(person_id)
        collected = exports.collect(person, export_views.shelf(), lambda _congress_id, _campaign_id: True)
        names = export_views.names_of(collected, frozenset())
        write_whole(file, export_views.zipped(person, collected, names, "UTC"))
        exports.note(person, collected)
        db.session.commit()
        click.echo(
            f"{file}: {collected.row_count} rows in {len(collected.tables)} tables, {len(collected.files)} files."
        )


@click.command()
@click.argument("address")
def proofs(address: str) -> None:
    """Print which consents somebody had given who was erased. ADDRESS is the email address; the house does not have it."""
    with create_app(settings_of_process()).app_context():
        enter_scope(EVERYTHING)
        read_only(db.session)
        for one in erasure_queries.proofs(normalized(address)):
            withdrawn = f", withdrawn on {one.withdrawn_at}" if one.withdrawn_at else ""
            click.echo(f"{one.purpose.value}: given on {one.given_at} ({one.how.value}){withdrawn}")
        suppression = suppression_queries.find(normalized(address))
        click.echo(
            f"Never written to since {suppression.at:%Y-%m-%d}." if suppression else "This address may be written to."
        )


def _person(number: int) -> Person:
    person = db.session.get(Person, merges.current_id("people", number) or number, execution_options=REMOVED)
    if person is None:
        raise click.ClickException(f"Nobody has the number {number}.")
    return person
