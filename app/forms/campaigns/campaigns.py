"""Campaigns."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from app.domain.campaigns import campaigns
from app.domain.campaigns.campaigns import CampaignValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import ZoneField
from app.models.campaigns.campaigns import HIGHEST_GOAL, Approval, CampaignStatus, Frequency, GoalKind
from app.wording.labels import LANGUAGES, label
from app.wording.member_labels import WEEKDAYS


class CampaignForm(Form):
    """A campaign and the schedule of its digest."""

    title = fields.line(_("Title"), required=True)
    slug = fields.line(
        _("Public address"),
        longest=60,
        autocapitalize="none",
        help=_("If left blank, it is created from the title."),
    )
    goal = fields.lines(_("Goal"))
    goal_kind = fields.one_of(_("What is counted"), GoalKind, label, empty=_("– nothing –"))
    goal_number = fields.number(_("Number to reach"), least=1, most=HIGHEST_GOAL, required=False)
    goal_with_parts = BooleanField(_("Count what its parts reach, too"))
    related_congress_id = fields.select(_("Related congress"), coerce=lambda given: int(given) if given else None)
    resolution_ids = fields.choose_many(
        _("Resolutions"), help=_("The resolutions of congresses that this campaign carries out.")
    )
    parent_id = fields.select(
        _("Part of the campaign"), coerce=fields.number_or_none, help=_("Leave blank if it stands alone.")
    )
    countries = fields.line(
        _("Countries"),
        longest=2000,
        help=_("Names or codes, separated by commas. Leave blank if it is not limited to some countries."),
    )
    languages = fields.choose_many(_("Languages"), coerce=str, help=_("The languages in which the campaign works."))
    start_date = fields.day(_("First day"), required=True)
    end_date = fields.day(_("Last day"), help=_("Leave blank if there is none."))
    status = fields.one_of(_("Status"), CampaignStatus, label, default=CampaignStatus.RUNNING)
    open_to_subscribers = BooleanField(_("Anyone can subscribe"), default=True)
    open_to_sign_ups = BooleanField(_("Anyone can endorse it and sign up on its public page"))
    public_feed = BooleanField(_("Anyone can read its articles as a feed"))
    timezone = ZoneField(_("Time zone of its schedule"), required=True)
    digest_frequency = fields.one_of(
        _("Digest"),
        Frequency,
        label,
        default=Frequency.WEEKLY,
        help=_("The default for new members. Each member can choose a different one."),
    )
    digest_weekday = fields.select(_("Day of the week"), coerce=int, default=4, help=_("For weekly digests."))
    digest_hour = fields.number(
        _("Time of day"),
        least=0,
        most=23,
        default=8,
        help=_("The digests due are composed every day at this time."),
    )
    digest_approval = fields.one_of(
        _("Who approves a digest"), Approval, label, default=Approval.ONE_PERSON, help=_("Nothing is sent until then.")
    )
    public_archive = BooleanField(_("Anyone can read past digests"), default=False)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(campaigns.check_days, "start_date", "end_date")
        self.check(campaigns.check_goal, "goal_kind", "goal_number")
        self.check(lambda typed: campaigns.countries_in(typed or ""), "countries")
        self.digest_weekday.offer(enumerate(WEEKDAYS))
        self.languages.offer(LANGUAGES.items())

    def values(self) -> CampaignValues:
        """Return the campaign as it was typed."""
        return CampaignValues(
            title=given(self.title),
            slug=given(self.slug),
            goal=given(self.goal),
            goal_kind=self.goal_kind.data,
            goal_number=self.goal_number.data,
            goal_with_parts=self.goal_with_parts.data,
            related_congress_id=self.related_congress_id.data,
            parent_id=self.parent_id.data,
            countries=campaigns.countries_in(given(self.countries) or ""),
            languages=self.languages.data or [],
            resolution_ids=self.resolution_ids.data or [],
            start_date=given(self.start_date),
            end_date=self.end_date.data,
            status=self.status.data,
            open_to_subscribers=self.open_to_subscribers.data,
            open_to_sign_ups=self.open_to_sign_ups.data,
            public_feed=self.public_feed.data,
            timezone=given(self.timezone),
            digest_frequency=self.digest_frequency.data,
            digest_weekday=self.digest_weekday.data,
            digest_hour=given(self.digest_hour),
            digest_approval=self.digest_approval.data,
            public_archive=self.public_archive.data,
        )
