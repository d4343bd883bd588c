"""Which recorded organization the text of a cell means, and those that a person wants to record with the import."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from app.domain.imports.reasons import Code
from app.domain.people import organizations
from app.models.imports.imports import Import
from app.models.people.organizations import Classification
from app.queries.imports import matches
from app.queries.imports.matches import Named
from app.text import sort_key

_NEW = 0
"""Stands for the id of an organization that is recorded when the import is written."""


@dataclass(frozen=True, slots=True)
class Meant:
    """An organization that a cell means."""

    id: int
    name: str
    key: str
    """The same for every way to write it."""

    @property
    def is_new(self) -> bool:
        """Whether it is recorded only when the import is written."""
        return self.id == _NEW


class Organizations:
    """The organizations that an import names; asks the database once about each."""

    def __init__(self, work: Import) -> None:
        """Begin with what people decided about unknown ones."""
        self._decisions = work.decisions
        self._known: dict[str, list[Named]] = {}
        self._recorded: dict[str, Meant] = {}
        self.unknown: dict[str, Any] = {}
        """Those that are not recorded or not unique, for a person to decide about."""

    def learn(self, names: Collection[str]) -> None:
        """Look up organizations by the names in the next rows."""
        keys = {sort_key(name) for name in names if name} - self._known.keys()
        if keys:
            found = matches.organizations_named(keys)
            self._known |= {key: found.get(key, []) for key in keys}

    def meant(self, name: str, *countries: str | None) -> Meant | Code:
        """Return the organization that a name means, or why it means none; of several, the one in one of the countries."""
        key = sort_key(name)
        known = self._known[key]
        if len(known) > 1:
            known = next((near for one in countries if (near := [it for it in known if it.country == one])), known)
        if len(known) == 1:
            return Meant(known[0].id, known[0].name, f"id {known[0].id}")
        self._note(key, name, countries)
        decided = self._decided(key)
        return decided or (Code.SEVERAL_ORGANIZATIONS if known else Code.UNKNOWN_ORGANIZATION)

    def record(self, work: Import) -> list[int]:
        """Record the organizations that people decided to record and that rows name; return their ids.

        Raises DomainError if one of them has been recorded by someone else meanwhile.
        """
        ids = []
        for key in work.unknown:
            decision = work.decisions.get(key)
            if decision is None or "id" in decision:
                continue
            self.learn([decision["name"]])
            if self._known[key]:
                continue
            recorded = organizations.create({
                "name": decision["name"], "country": decision["country"], "acronym": None, "sector": None,
                "locality": None, "website": None, "classification": Classification(decision["classification"]),
            })  # fmt: skip
            self._recorded[key] = Meant(recorded.id, recorded.name, f"new {key}")
            ids.append(recorded.id)
        return ids

    def _decided(self, key: str) -> Meant | None:
        decision = self._decisions.get(key)
        if decision is None:
            return None
        if key in self._recorded:
            return self._recorded[key]
        if "id" not in decision:
            return Meant(_NEW, decision["name"], f"new {key}")
        chosen = matches.organization(decision["id"])
        return Meant(chosen.id, chosen.name, f"id {chosen.id}") if chosen else None

    def _note(self, key: str, name: str, countries: tuple[str | None, ...]) -> None:
        noted = self.unknown.setdefault(key, {"name": name, "rows": 0, "country": None})
        noted["rows"] += 1
        noted["country"] = noted["country"] or next((one for one in countries if one), None)
