"""Days of action."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from app.config import MEMBER_LOCALES
from app.domain.mobilizing import days_of_action
from app.domain.mobilizing.days_of_action import DayValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import ZoneField
from app.forms.presence import Where
from app.models.mobilizing.days_of_action import Synchronization
from app.wording.labels import label


class DayForm(Form):
    """A day of action, with its call in the languages of the members."""

    title_es = fields.line(_("Title in Spanish"))
    text_es = fields.lines(_("Call in Spanish"), rows=3)
    title_en = fields.line(_("Title in English"))
    text_en = fields.lines(_("Call in English"), rows=3)
    title_pt = fields.line(_("Title in Portuguese"))
    text_pt = fields.lines(_("Call in Portuguese"), rows=3)
    title_fr = fields.line(_("Title in French"))
    text_fr = fields.lines(_("Call in French"), rows=3)
    synchronized_by = fields.one_of(
        _("Everybody begins"), Synchronization, label, default=Synchronization.SAME_LOCAL_HOUR
    )
    starts = fields.moment(
        _("Day and time"),
        required=True,
        help=_("On the clocks of each place; or, at the same moment, in the time zone below."),
    )
    timezone = ZoneField(
        _("Time zone"),
        required=Where("synchronized_by", Synchronization.SAME_INSTANT, says=_("Choose the time zone.")),
        help=_("Only for the same moment everywhere."),
    )
    is_public = BooleanField(_("Anyone can read its page"))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(days_of_action.check_titles, *(f"title_{locale}" for locale in MEMBER_LOCALES))

    def values(self) -> DayValues:
        """Return the day of action as it was typed."""
        return DayValues(
            titles={locale: str(self[f"title_{locale}"].data or "") for locale in MEMBER_LOCALES},
            texts={locale: str(self[f"text_{locale}"].data or "") for locale in MEMBER_LOCALES},
            synchronized_by=self.synchronized_by.data,
            starts=given(self.starts),
            timezone=self.timezone.data,
            is_public=bool(self.is_public.data),
        )
