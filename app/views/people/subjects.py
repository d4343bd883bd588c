"""The congresses and campaigns that users choose for a person."""

from collections.abc import Callable

from flask_babel import gettext

from app.domain_errors import DomainError
from app.models.people.people import Person
from app.models.scoping import EVERYTHING, current_scope
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.congress import congresses
from app.text import N_
from app.web.access import may, may_on


def of_user(permission: Permission) -> list[tuple[str, str]]:
    """Return the congresses and campaigns in which the user has a permission, by key and title."""
    listed = [(f"congress:{one.id}", one.title) for one in congresses.listing() if may(permission, one.id, None)]
    return listed + [(f"campaign:{one.id}", one.title) for one in campaigns.listing() if may(permission, None, one.id)]


def for_new_people() -> list[tuple[str, str]]:
    """Return for whom the user may record people."""
    offered = of_user(Permission.PERSON_EDIT)
    if current_scope() == EVERYTHING:
        offered.append(("", gettext("only those with access to everything")))
    return offered


def ids_in(key: str) -> dict[str, int]:
    """Return the argument that a key stands for: `congress_id`, `campaign_id`, or neither."""
    noun, _, number = key.partition(":")
    return {f"{noun}_id": int(number)} if number else {}


def is_editable(person: Person) -> bool:
    """Return whether the user may edit a person: through one of the person's participations, or with access to everything."""
    scope = current_scope()
    return scope is not None and scope.holds(person) and _may(Permission.PERSON_EDIT, person)


def is_protected_by(person: Person) -> bool:
    """Return whether the user decides whether a person is at risk."""
    return _may(Permission.PERSON_PROTECTED, person)


def _may(permission: Permission, person: Person) -> bool:
    where = [one.where for one in person.participations] or [(None, None)]
    return any(may_on(permission, *one) for one in where)


def check_editable(field: str) -> Callable[[Person | None], None]:
    """Return the rule, for a field of a form, that the user may edit the person who is chosen in it."""

    def check(person: Person | None) -> None:
        if person is not None and not is_editable(person):
            raise DomainError(field, N_("You can see this person, but you cannot record anything about them."))

    return check
