"""The targets of a campaign, and the entries of their logs."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from app.config import MEMBER_LOCALES
from app.domain.mobilizing import targets
from app.domain.mobilizing.targets import EntryValues, TargetValues
from app.email_addresses import checked
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.listing import ListForm
from app.forms.picking import PickField
from app.models.mobilizing.targets import EntryKind, TargetKind
from app.wording.labels import LANGUAGES, label


class TargetForm(Form):
    """An institution, a company or an official, and how the public can write to it."""

    kind = fields.one_of(_("Kind"), TargetKind, label, default=TargetKind.INSTITUTION)
    name = fields.line(_("Name"), required=True, help=_("As it is shown on the public page."))
    post = fields.line(_("Position"), help=_("For an official, for example: Minister of Transport."))
    organization = PickField(
        _("Organization on record"), help=_("What it is in your records, or what the official belongs to.")
    )
    country = fields.select(_("Country"))
    demand = fields.lines(_("What is asked of it"))
    open_to_letters = BooleanField(_("Anyone may be asked to write to it"), default=True)
    closed_because = fields.line(_("Why nobody is asked to write"), help=_("It is shown only to organizers."))
    letter_language = fields.select(_("Language of letters"), help=_("Texts in this language are offered first."))
    email = fields.email(_("Email address"))
    phone = fields.phone(_("Phone"))
    postal_address = fields.lines(_("Postal address"), longest=500, rows=3)
    website = fields.web_address(_("Website"))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.letter_language.offer([("", _("– none –")), *((code, LANGUAGES[code]) for code in MEMBER_LOCALES)])

    def values(self) -> TargetValues:
        """Return the target as it was typed."""
        return TargetValues(
            kind=self.kind.data,
            name=given(self.name),
            post=given(self.post),
            organization=self.organization.picked(),
            country=given(self.country),
            letter_language=given(self.letter_language),
            email=checked(self.email.data) if self.email.data else None,
            phone=given(self.phone),
            postal_address=given(self.postal_address),
            website=given(self.website),
            demand=given(self.demand),
            open_to_letters=self.open_to_letters.data,
            closed_because=None if self.open_to_letters.data else given(self.closed_because),
        )


class EntryForm(Form):
    """That a target was asked, or what it answered."""

    kind = fields.one_of(_("What happened"), EntryKind, lambda one: label(one).capitalize(), default=EntryKind.REPLIED)
    happened_on = fields.day(_("Day"), required=True)
    text = fields.lines(_("What was said"))
    article = PickField(_("Article that reports it"), help=_("Start typing the headline, then choose."))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(targets.check_day, "happened_on")

    def values(self) -> EntryValues:
        """Return the entry as it was typed."""
        return EntryValues(
            kind=self.kind.data,
            happened_on=given(self.happened_on),
            text=given(self.text),
            article=self.article.picked(),
        )


class TargetListForm(ListForm):
    """The targets of a campaign."""

    kind = fields.select(_("Kind"))
    country = fields.select(_("Country"))
