"""What differs between two records that are merged, and what was chosen."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext

from app.domain.people import merges
from app.domain.people.organizations import OrganizationValues
from app.forms.people.merges import Difference, MergeForm
from app.models.people.people import Person
from app.text import N_
from app.wording.facts import FIELDS
from app.wording.formats import language_name
from app.wording.labels import country_name, label

_NAME = ("given_name", "family_name", "family_name_first")
_PERSON = ("name", "preferred_language", "country", "nationality", "locality")
_SHOWN: dict[str, Callable[[Any], str]] = {
    "classification": label,
    "country": country_name,
    "nationality": country_name,
    "preferred_language": language_name,
}
"""How values are shown that are not text."""
_FULL_NAME = N_("Name")


def between(kept: Any, gone: Any) -> list[Difference]:
    """Return the values that both records have and that differ; a person's names are one value."""
    found = []
    for name in _names(kept):
        one, other = _value(kept, name), _value(gone, name)
        if one not in (None, "", other) and other not in (None, ""):
            title = _FULL_NAME if name == "name" else FIELDS[name]
            found.append(Difference(name, gettext(title), _shown(name, one), _shown(name, other)))
    return found


def chosen(values: type[Any], kept: Any, gone: Any, form: MergeForm) -> dict[str, object]:
    """Return the values of the merged record: those chosen, and otherwise those of the one that has any."""
    merged: dict[str, object] = merges.combined(values, kept, gone)
    if isinstance(kept, Person):
        source = gone if form.taken_from_gone("name") else kept
        merged |= {name: getattr(source, name) for name in _NAME}
    return merged | {name: getattr(gone, name) for name in merged if form.taken_from_gone(name)}


def participations(kept: Any, gone: Any) -> str:
    """Return the congresses and campaigns through which the merged person is visible; empty for organizations."""
    if not isinstance(kept, Person):
        return ""
    both = [*kept.participations, *gone.participations]
    return ", ".join(
        dict.fromkeys((one.congress or one.campaign).title for one in both if one.congress or one.campaign)
    )


def _names(record: Any) -> tuple[str, ...]:
    return _PERSON if isinstance(record, Person) else tuple(OrganizationValues.__annotations__)


def _value(record: Any, name: str) -> object:
    return record.full_name if name == "name" and isinstance(record, Person) else getattr(record, name)


def _shown(name: str, value: Any) -> str:
    return str(_SHOWN.get(name, str)(value))
