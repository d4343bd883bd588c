"""What a member wants to receive, and when."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import DataRequired

from app.domain.campaigns.subscriptions import Preferences
from app.forms import fields
from app.forms.base import Form
from app.forms.picking import ZoneField
from app.models.campaigns.campaigns import Frequency
from app.wording.labels import LANGUAGES, label
from app.wording.member_labels import WEEKDAYS

OFFERED = [one for one in Frequency if one is not Frequency.NEVER]


class _Languages(Form):
    """The languages that a member reads, in order of preference, and the frequency."""

    language = fields.select(_("Preferred language"), required=True)
    second_language = fields.select(
        _("Second language"),
        help=_("You get each article in the first of your languages that is available."),
    )
    frequency = fields.select(_("Frequency"), coerce=Frequency, required=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.language.offer(LANGUAGES.items())
        self.second_language.offer([("", gettext("– none –")), *LANGUAGES.items()])
        self.frequency.offer((one.value, label(one).capitalize()) for one in OFFERED)

    def languages(self) -> list[str]:
        """Return the chosen languages without duplicates, most preferred first."""
        chosen = [field.data for name, field in self._fields.items() if name.endswith("language")]
        return list(dict.fromkeys(str(one) for one in chosen if one))


class SubscribeForm(_Languages):
    """A subscription request; hour and zone are the campaign's until the member changes them."""

    email = fields.email(_("Email address"), required=True, autocomplete="email")
    agreed = BooleanField(validators=[DataRequired(_("Nothing can be sent without your consent."))])

    def preferences(self, defaults: Preferences) -> Preferences:
        """Return the member's preferences, with the campaign's defaults for the rest."""
        return Preferences(
            languages=self.languages(),
            frequency=self.frequency.data,
            weekday=defaults["weekday"],
            hour=defaults["hour"],
            timezone=defaults["timezone"],
        )


class AddressForm(Form):
    """A member's request to use another address."""

    email = fields.email(_("New email address"), required=True, autocomplete="email")


class PreferencesForm(_Languages):
    """A member's preferences."""

    third_language = fields.select(_("Third language"))
    weekday = fields.select(_("Day of the week"), coerce=int, help=_("For weekly digests."))
    hour = fields.select(_("Time of day"), coerce=int, help=_("In your time zone."))
    timezone = ZoneField(_("Your time zone"), required=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.third_language.offer([("", gettext("– none –")), *LANGUAGES.items()])
        self.weekday.offer(enumerate(WEEKDAYS))
        self.hour.offer((hour, f"{hour:02}:00") for hour in range(24))

    def preferences(self) -> Preferences:
        """Return the member's preferences."""
        return Preferences(
            languages=self.languages(),
            frequency=self.frequency.data,
            weekday=int(self.weekday.data),
            hour=int(self.hour.data),
            timezone=str(self.timezone.data),
        )
