"""Languages that are spoken somewhere, as people type them."""

from app import languages
from app.domain_errors import DomainError
from app.text import N_


def codes_of(typed: str | None) -> list[str]:
    """Return the codes of the languages in a text separated by commas; raises DomainError if one of them is not known."""
    named = [one.strip() for one in (typed or "").replace(";", ",").split(",") if one.strip()]
    found = {one: languages.code_of(one) for one in named}
    unknown = next((one for one, code in found.items() if code is None), None)
    if unknown is not None:
        raise DomainError("languages", N_("“%(name)s” is not a known language."), name=unknown)
    return list(dict.fromkeys(code for code in found.values() if code))
