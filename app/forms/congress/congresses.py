"""Congresses."""

from flask_babel import lazy_gettext as _

from app.domain.congress import congresses
from app.domain.congress.congresses import CongressValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import ZoneField
from app.models.congress.congresses import CongressStatus
from app.wording.labels import label


class CongressForm(Form):
    """A congress: title, place and dates."""

    title = fields.line(_("Title"), required=True)
    edition = fields.line(_("Edition"), longest=80, help=_("For example “First” or “III”."))
    theme = fields.line(_("Theme"))
    locality = fields.line(_("Town"), required=True)
    country = fields.select(_("Country"), required=True)
    venue = fields.line(_("Venue"), help=_("The building or hall, if it can be made public."))
    timezone = ZoneField(
        _("Time zone of the place"),
        help=_("If left blank, the town’s time zone is used. It is used to show the dates and times of the congress."),
    )
    start_date = fields.day(_("First day"), required=True)
    end_date = fields.day(_("Last day"), required=True)
    help_name = fields.line(
        _("Contact for delegates during the journey"), help=_("Their personal pages show this person and phone number.")
    )
    help_phone = fields.phone(_("Phone"), help=_("A phone number, or how to reach this person."))
    status = fields.one_of(_("Status"), CongressStatus, label, default=CongressStatus.CONFIRMED)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(congresses.check_days, "start_date", "end_date")

    def values(self) -> CongressValues:
        """Return the congress as it was typed."""
        return CongressValues(
            title=given(self.title),
            edition=given(self.edition),
            theme=given(self.theme),
            locality=given(self.locality),
            country=self.country.data,
            venue=given(self.venue),
            timezone=given(self.timezone),
            start_date=given(self.start_date),
            end_date=given(self.end_date),
            help_name=given(self.help_name),
            help_phone=given(self.help_phone),
            status=self.status.data,
        )
