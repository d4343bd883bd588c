"""The period of a report."""

from datetime import date

from flask_babel import lazy_gettext as _

from app.domain.campaigns.campaigns import check_days
from app.domain_errors import DomainError
from app.forms import fields
from app.forms.base import Question


class PeriodForm(Question):
    """The first and the last day of a report; without them, it covers everything."""

    start_date = fields.day(_("First day"))
    end_date = fields.day(_("Last day"))

    def days(self) -> tuple[date | None, date | None]:
        """Return the days that were chosen; those of a period that ends before it begins are not used."""
        self.validate()
        first, last = self.sound(self.start_date), self.sound(self.end_date)
        try:
            if first is not None:
                check_days(first, last)
        except DomainError as error:
            self.add_error(error)
            return None, None
        return first, last

    def kept(self) -> dict[str, str]:
        """Return the same period as a query string."""
        chosen = {"start_date": self.sound(self.start_date), "end_date": self.sound(self.end_date)}
        return {name: day.isoformat() for name, day in chosen.items() if day}
