"""Having an action repeat, and changing the actions of a series from one of them on."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import TypedDict
from zoneinfo import ZoneInfo

from app import clock
from app.domain.accounts import audit
from app.domain.actions import follow_ups
from app.domain.actions.follow_ups import FollowUpValues
from app.domain.actions.order import Order
from app.domain.actions.series import take_over
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.actions.series import FollowUpSeries
from app.queries.actions import series as series_queries
from app.recurring import patterns
from app.recurring.occurrences import Series
from app.recurring.patterns import Pattern
from app.recurring.rules import MOST_OCCURRENCES, Rule, RuleRefused
from app.recurring.writing import write
from app.text import N_
from app.times import to_local


class RepeatValues(TypedDict):
    """How an action repeats; without a pattern it does not. `weekdays` are for a weekly pattern, Monday is 0.

    `count` is the number of times, with this one, and `until` the last possible day. At most one of them is given.
    """

    pattern: Pattern | None
    interval: int
    weekdays: Collection[int]
    until: date | None
    count: int | None


def day_of(follow_up: FollowUp, timezone: str) -> date:
    """Return the day from which an action repeats: its own in its series, or else the one on which it is due."""
    if follow_up.repeats and follow_up.occurs_on is not None:
        return follow_up.occurs_on
    return to_local(follow_up.due_at, timezone).date()


def rule_from(follow_up: FollowUp) -> Rule | None:
    """Return the rule by which an action repeats, with as many times as are left, this one included."""
    series, day = follow_up.series, follow_up.occurs_on
    if series is None or day is None or not follow_up.repeats:
        return None
    rule = series.days.rule
    if rule.count is None:
        return rule
    left = list(series.days.days(day))
    return replace(rule, count=len(left) + (day not in left))


def repeat(follow_up: FollowUp, values: RepeatValues, *, timezone: str) -> None:
    """Have an action repeat from its day on, or end its series; a new series is local to `timezone`.

    Raises DomainError if the action is closed, if its series has gone on already, and on `until` or `count` if no other
    day fits, or too many do.
    """
    _require_latest(follow_up)
    with audit.changing(follow_up, follow_ups.facts):
        if values["pattern"] is None:
            if follow_up.series is not None:
                follow_up.series.ended_at = clock.now()
        else:
            series = follow_up.series if follow_up.series and follow_up.repeats else _begin(follow_up, timezone)
            day = follow_up.occurs_on = day_of(follow_up, series.timezone)
            rule = patterns.rule_of(values["pattern"], day, values["interval"], values["weekdays"])
            _follow(series, rule, day, until=values["until"], count=values["count"])
            follow_up.series = series
        follow_up.touch()


def change_following(follow_up: FollowUp, values: FollowUpValues, *, by: User, among: Order | None = None) -> None:
    """Change an action of a series and all that follow: if it moves to another day, the series moves with it.

    Raises DomainError as `follow_ups.change` does, and on `due` if an earlier action is on the new day or after it.
    """
    _require_latest(follow_up)
    moved = values["due_at"] != follow_up.due_at
    follow_ups.change(follow_up, values, by=by, among=among)
    series, rule, day = follow_up.series, rule_from(follow_up), follow_up.occurs_on
    if series is None or rule is None or day is None:
        return
    take_over(series, follow_up)
    if not moved:
        return
    local = to_local(follow_up.due_at, series.timezone)
    series.at, to = local.time(), local.date()
    if to != day:
        before = series_queries.before(follow_up)
        if before is not None and before.occurs_on is not None and before.occurs_on >= to:
            raise DomainError("due", N_("Another action of this series is on that day or later. Move only this one."))
        with audit.changing(follow_up, follow_ups.facts):
            series.recurrence, series.first_on = write(patterns.moved(rule, day, to)), to
            follow_up.occurs_on = to


def repeat_by(follow_up: FollowUp, rule: Rule, *, timezone: str) -> None:
    """Have a new action repeat by a rule from the day on which it is due, local to `timezone`.

    Raises DomainError on `until` if no other day fits, or too many do.
    """
    with audit.changing(follow_up, follow_ups.facts):
        series = _begin(follow_up, timezone)
        day = follow_up.occurs_on = day_of(follow_up, timezone)
        whole = patterns.completed(rule, day)
        _follow(series, whole, day, until=whole.until, count=whole.count)
        follow_up.series = series


def _require_latest(follow_up: FollowUp) -> None:
    if not follow_up.is_open:
        raise DomainError(None, N_("This action is closed. Reopen it to change it."))
    if follow_up.repeats and series_queries.after(follow_up) is not None:
        raise DomainError(None, N_("The next action of this series exists already. Change how that one repeats."))


def _begin(follow_up: FollowUp, timezone: str) -> FollowUpSeries:
    """Return a new series that begins with an action."""
    series = FollowUpSeries(
        congress_id=follow_up.congress_id,
        campaign_id=follow_up.campaign_id,
        timezone=timezone,
        at=to_local(follow_up.due_at, timezone).time(),
    )
    take_over(series, follow_up)
    db.session.add(series)
    return series


def _follow(series: FollowUpSeries, rule: Rule, day: date, *, until: date | None, count: int | None) -> None:
    """Have a series follow a rule from a day on; that day counts as one of its times, whether the rule names it or not."""
    zone = ZoneInfo(series.timezone)
    is_named = next(Series(rule, day, series.at, zone).days(), None) == day
    ending = replace(rule, until=until, count=count and count - (not is_named))
    days = Series(ending, day, series.at, zone)
    if days.day_after(day) is None:
        raise DomainError("until", N_("No other day until then fits. Choose a later one."))
    try:
        days.check()
    except RuleRefused:
        message = N_("That would be more than %(most)s times. Choose an earlier day.")
        raise DomainError("until", message, most=MOST_OCCURRENCES) from None
    series.recurrence, series.first_on = write(ending), day
