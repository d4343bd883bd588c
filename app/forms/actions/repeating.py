"""How an action repeats."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.domain.actions.repeating import RepeatValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.presence import Where
from app.recurring import patterns
from app.recurring.patterns import Pattern
from app.recurring.rules import LONGEST_INTERVAL, MOST_OCCURRENCES, Rule
from app.wording.formats import sentence
from app.wording.member_labels import WEEKDAYS
from app.wording.repeating import repeated


class Ends(StrEnum):
    """When the repetition ends."""

    NEVER = "ends_never"
    ON_DAY = "ends_on_day"
    AFTER = "ends_after"


class RepeatForm(Form):
    """On which days an action is repeated: what is offered follows from the day on which it is due."""

    SHOWN: ClassVar[dict[str, tuple[StrEnum, ...]]] = {
        "interval": tuple(Pattern),
        "weekdays": (Pattern.WEEK,),
        "ends": tuple(Pattern),
        "until": (Ends.ON_DAY,),
        "count": (Ends.AFTER,),
    }

    kind = fields.select(_("Repeat"), help=_("The next one appears when this one is done or dropped."))
    interval = fields.number(
        _("Interval"),
        least=1,
        most=LONGEST_INTERVAL,
        default=1,
        help=_("Enter 2 for every second day, week, month or year, 3 for every third, and so on."),
    )
    weekdays = fields.choose_many(_("On these days of the week"))
    ends = fields.select(_("Ends"), coerce=Ends, default=Ends.NEVER)
    until = fields.day(_("Last possible day"), required=Where("ends", Ends.ON_DAY))
    count = fields.number(
        _("Number of times, with this one"),
        least=2,
        most=MOST_OCCURRENCES,
        required=Where("ends", Ends.AFTER),
    )

    @classmethod
    def of(cls, day: date, rule: Rule | None) -> "RepeatForm":
        """Return the form that offers the patterns to which `day` belongs, and shows the rule that is followed so far."""
        form = cls(data=_shown(day, rule))
        form.kind.offer([("", gettext("never").capitalize()), *_offered(day)])
        form.weekdays.offer(enumerate(WEEKDAYS))
        form.ends.offer(
            [
                (Ends.NEVER.value, gettext("never").capitalize()),
                (Ends.ON_DAY.value, gettext("on a day").capitalize()),
                (Ends.AFTER.value, gettext("after a number of times").capitalize()),
            ]
        )
        return form

    def values(self) -> RepeatValues:
        """Return the repetition as it was chosen."""
        return RepeatValues(
            pattern=Pattern(self.kind.data) if self.kind.data else None,
            interval=given(self.interval),
            weekdays=self.weekdays.data or [],
            until=given(self.until) if self.ends.data is Ends.ON_DAY else None,
            count=given(self.count) if self.ends.data is Ends.AFTER else None,
        )


def _offered(day: date) -> Iterable[tuple[str, str]]:
    for pattern in patterns.offered(day):
        often = gettext("every week") if pattern.is_weekly else repeated(patterns.rule_of(pattern, day))
        yield pattern.value, sentence(often)


def _shown(day: date, rule: Rule | None) -> dict[str, Any]:
    """Return the values of the fields for a rule; without one, those that suit the day."""
    if rule is None:
        return {"weekdays": [day.weekday()]}
    ends = Ends.AFTER if rule.count else Ends.ON_DAY if rule.until else Ends.NEVER
    return {
        "kind": patterns.pattern_of(rule).value,
        "interval": rule.interval,
        "weekdays": [weekday for weekday, _ordinal in rule.by_day] or [day.weekday()],
        "ends": ends,
        "until": rule.until,
        "count": rule.count,
    }
