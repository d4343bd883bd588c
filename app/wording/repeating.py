"""Rules of repetition in words: "every 2 months on the second Tuesday, until December 14, 2027"."""

from datetime import date

from babel.dates import format_skeleton, get_day_names
from flask_babel import get_locale, gettext, ngettext

from app.recurring.patterns import Pattern, pattern_of
from app.recurring.rules import Rule
from app.wording.formats import day, listed

_ANY_YEAR = 2000
"""A year that has every day."""


def repeated(rule: Rule) -> str:
    """Return how often something is repeated, and until when, as part of a sentence."""
    often = _often(rule)
    if rule.count is not None:
        return str(ngettext("%(often)s, %(num)d time", "%(often)s, %(num)d times", rule.count, often=often))
    if rule.until is not None:
        return str(gettext("%(often)s, until %(day)s", often=often, day=day(rule.until)))
    return often


def _often(rule: Rule) -> str:
    pattern, number = pattern_of(rule), rule.interval
    match pattern:
        case Pattern.DAY:
            if number == 1:
                return str(gettext("every day"))
            return str(ngettext("every %(num)d day", "every %(num)d days", number))
        case Pattern.WEEK:
            days = listed(_weekday(day.weekday) for day in rule.by_day)
            return str(ngettext("every week on %(days)s", "every %(num)d weeks on %(days)s", number, days=days))
        case Pattern.YEAR:
            return str(
                ngettext("every year on %(day)s", "every %(num)d years on %(day)s", number, day=_day_of_year(rule))
            )
    which = _which(rule, pattern)
    return str(ngettext("every month on %(which)s", "every %(num)d months on %(which)s", number, which=which))


def _which(rule: Rule, pattern: Pattern) -> str:
    """Return which day of the month is meant."""
    match pattern:
        case Pattern.MONTH_LAST_DAY:
            return str(gettext("the last day"))
        case Pattern.MONTH_DAY:
            number = max(rule.by_month_day)
            if rule.by_set_position:
                return str(gettext("day %(number)d, or the last day of shorter months", number=number))
            return str(gettext("day %(number)d", number=number))
    weekday, ordinal = rule.by_day[0]
    named = {
        1: gettext("the first %(weekday)s", weekday=_weekday(weekday)),
        2: gettext("the second %(weekday)s", weekday=_weekday(weekday)),
        3: gettext("the third %(weekday)s", weekday=_weekday(weekday)),
        4: gettext("the fourth %(weekday)s", weekday=_weekday(weekday)),
    }
    return str(named.get(ordinal, gettext("the last %(weekday)s", weekday=_weekday(weekday))))


def _day_of_year(rule: Rule) -> str:
    [month], [number] = rule.by_month, rule.by_month_day
    if number < 0:
        return str(gettext("the last day of February"))
    return str(format_skeleton("MMMMd", date(_ANY_YEAR, month, number), locale=get_locale()))


def _weekday(number: int) -> str:
    """Return the name of a weekday within a sentence."""
    return str(get_day_names("wide", locale=get_locale())[number])
