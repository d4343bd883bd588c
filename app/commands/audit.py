"""`encuentro audit`: the head of the audit log, and whether its chain is intact."""

from datetime import UTC, datetime

import click

from app import create_app
from app.dialects import read_only
from app.extensions import db
from app.models.oversight.chain import Head
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.accounts import log
from app.queries.accounts.log import Fault, Verdict
from app.startup import settings_of_process

_FAULTS = {
    Fault.MISSING: "is missing: lines were removed.",
    Fault.CHANGED: "is not what was written: it was changed, added or moved, or SECRET_KEY is another one.",
    Fault.VALUES_CHANGED: "has values that are not those that were written.",
    Fault.VALUES_MISSING: "has lost its values, and no line tells that they were erased.",
    Fault.NOT_THE_ONE: "is not the one that was noted elsewhere: the log was written anew.",
}


@click.command()
@click.option("--verify", is_flag=True, help="Check every line against the one before.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]), help="Check only lines from this time (UTC) on."
)
@click.option("--head", "known", help="A head that was printed earlier, as NUMBER:DIGEST; it has to be in the log.")
def audit(verify: bool, since: datetime | None, known: str | None) -> None:
    """Print the head of the audit log. Keep it elsewhere: it shows later that no line was changed or removed.

    Exits with 1 if anything is wrong with the log.
    """
    with create_app(settings_of_process()).app_context():
        enter_scope(EVERYTHING)
        read_only(db.session)
        expected = _head(known) if known else None
        if verify or since or expected:
            first = log.first_since(since.replace(tzinfo=UTC)) if since else 1
            _tell(log.verify(min(first, expected.number) if expected else first, known=expected))
        head = log.head()
    click.echo(f"Head: {written(head)}")


def written(head: Head) -> str:
    """Return a head as it is printed and given again."""
    return f"{head.number}:{head.digest or '-'}"


def _tell(verdict: Verdict) -> None:
    at = f" of {verdict.at:%Y-%m-%d %H:%M} UTC" if verdict.at else ""
    if verdict.fault is not None:
        raise click.ClickException(
            f"The log is intact up to line {verdict.head.number}{at}. Line {verdict.wrong} {_FAULTS[verdict.fault]}"
        )
    click.echo(
        f"The log is intact: {verdict.checked} lines checked, up to line {verdict.head.number}{at}. "
        f"Lines whose values were erased: {verdict.erased}."
    )


def _head(typed: str) -> Head:
    number, _, digest = typed.partition(":")
    if not number.isdecimal() or not digest:
        raise click.BadParameter("A head looks like 1234:0123abcd…", param_hint="--head")
    return Head(int(number), digest)
