"""The settings of the house."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.models.accounts.house import CrossingRule, HouseSettings, Rule


def factor_roles() -> Sequence[str]:
    """Return the roles whose holders need a second factor."""
    return db.session.scalar(select(HouseSettings.factor_roles)) or []


def rules() -> set[Rule]:
    """Return what needs two admins."""
    return {Rule(one) for one in db.session.scalar(select(HouseSettings.rules)) or []}


def stored() -> HouseSettings | None:
    """Return the settings, or None if nobody has changed them yet."""
    return db.session.get(HouseSettings, 1)


def crossing_rule() -> CrossingRule:
    """Return who decides that a crossing is verified or banned."""
    return db.session.scalar(select(HouseSettings.crossing_rule)) or CrossingRule.COORDINATOR
