"""What is said about statements and their signatures, in the language of the reader."""

from flask_babel import get_locale, gettext

from app.config import catalog_of
from app.models.mobilizing.sign_ups import Mandate
from app.models.mobilizing.statements import Statement, StatementVersion


def language_of(written: Statement | StatementVersion, chosen: str | None = None) -> str:
    """Return the language in which somebody reads a text: the chosen one, that of the page, or the closest that it has."""
    locale = get_locale()
    wanted = [one for one in (chosen, locale.language if locale else None) if one]
    return catalog_of(wanted, tuple(written.titles))


def title_of(written: Statement | StatementVersion) -> str:
    """Return the title of a statement in the language of the page, or the closest one."""
    return written.titles[language_of(written)]


def shown_name(mandate: Mandate | None, name: str, organization: str | None, *, is_named: bool) -> str:
    """Return how a signer is shown to everyone."""
    if mandate is Mandate.ASSEMBLY and organization:
        return organization
    if is_named:
        return f"{name}, {organization}" if organization else name
    return str(
        gettext("a member of %(organization)s", organization=organization) if organization else gettext("a person")
    )
