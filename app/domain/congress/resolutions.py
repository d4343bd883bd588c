"""Resolutions."""

from datetime import date
from typing import TypedDict

from app import clock
from app.domain.accounts import audit, removals
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.congress.congresses import Congress
from app.models.congress.resolutions import Resolution
from app.text import N_


class ResolutionValues(TypedDict):
    """The values that a person chooses for a resolution."""

    number: str | None
    title: str
    text: str
    in_language: str
    adopted_on: date | None


def create(congress: Congress, values: ResolutionValues) -> Resolution:
    """Record a resolution; raises DomainError on `adopted_on` if it was not adopted yet."""
    check_day(values["adopted_on"])
    resolution = Resolution(congress=congress, created_at=clock.now(), **values)
    db.session.add(resolution)
    db.session.flush()
    audit.note(resolution, "recorded", {}, _facts(resolution))
    return resolution


def update(resolution: Resolution, values: ResolutionValues) -> None:
    """Change a resolution; raises DomainError as `create` does."""
    check_day(values["adopted_on"])
    with audit.changing(resolution, _facts):
        for name, value in values.items():
            setattr(resolution, name, value)


def remove(resolution: Resolution, *, by: User | None) -> None:
    """Remove a resolution; it can be restored for some time."""
    removals.remove(resolution, by=by)


def bring_back(resolution: Resolution) -> None:
    """Restore a removed resolution."""
    removals.bring_back(resolution)


def sweep() -> None:
    """Delete resolutions that were removed too long ago to be restored."""
    removals.forget(Resolution)


def check_day(adopted_on: date | None) -> None:
    """Raise DomainError on `adopted_on` if the day is in the future, anywhere on earth."""
    if adopted_on is not None and (adopted_on - clock.now().date()).days > 1:
        raise DomainError(
            "adopted_on", N_("This day has not come yet. Leave it blank until the resolution is adopted.")
        )


def _facts(resolution: Resolution) -> audit.Facts:
    return audit.facts_of(resolution, ResolutionValues.__annotations__)
