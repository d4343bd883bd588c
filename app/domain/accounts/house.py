"""Changes of the settings of the house."""

from collections.abc import Collection

from app.domain.accounts import audit
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.house import CrossingRule, HouseSettings, Rule

_KNOWN = "Encuentro"


def change(*, factor_roles: Collection[Role]) -> None:
    """Set the roles whose holders need a second factor."""
    settings = _settings()
    with audit.changing(settings, facts):
        settings.factor_roles = [role.value for role in Role if role in factor_roles]


def set_crossing_rule(rule: CrossingRule) -> None:
    """Set who decides on crossings; `approvals` decides whether it may be set."""
    settings = _settings()
    with audit.changing(settings, facts):
        settings.crossing_rule = rule


def set_rules(rules: Collection[Rule]) -> None:
    """Set what needs two admins; `approvals` decides whether it may be set."""
    settings = _settings()
    with audit.changing(settings, facts):
        settings.rules = [rule.value for rule in Rule if rule in rules]


def note_period(kind: str, before: int | None, after: int | None) -> None:
    """Record in the history of the settings that a kind of data is kept for another number of days; None is without end."""
    settings = _settings()
    db.session.flush()
    audit.note(settings, "changed", {"retention": [[kind, before]]}, {"retention": [[kind, after]]})


def facts(settings: HouseSettings) -> audit.Facts:
    """Return what the history of the settings tells."""
    return audit.facts_of(settings, ("factor_roles", "crossing_rule", "rules"))


def check_field_key() -> None:
    """Check that sensitive fields can be read with the key that is given; the first time, note which one it is.

    Raises SealError if they cannot.
    """
    settings = _settings()
    if settings.key_check is None:
        settings.key_check = _KNOWN
    db.session.flush()


def _settings() -> HouseSettings:
    settings = db.session.get(HouseSettings, 1) or HouseSettings(
        id=1, factor_roles=[], crossing_rule=CrossingRule.COORDINATOR, rules=[]
    )
    db.session.add(settings)
    return settings
