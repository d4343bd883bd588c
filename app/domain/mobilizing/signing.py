"""Whether a version of a statement can be signed."""

from app.domain_errors import DomainError
from app.models.mobilizing.statements import StatementVersion
from app.text import N_


def check_open(version: StatementVersion | None) -> None:
    """Raise DomainError if the statement of a version takes no more signatures."""
    if version is None or not version.statement.takes_signatures:
        raise DomainError(None, N_("This statement takes no more signatures."))
