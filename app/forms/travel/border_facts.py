"""What the house knows about entering a country: rules of entry, contacts, notes."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.domain.travel import border_facts
from app.domain.travel.border_facts import ContactValues, NoteValues, RuleValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.models.travel.border_facts import ContactKind, EntryRequirement, EntryRule, NoteTopic
from app.models.travel.places import Crossing
from app.wording.labels import label


class _FactForm(Form):
    """A fact with its source."""

    source = fields.line(
        _("Source"), required=True, help=_("Where this is from: a website of the government, a consulate, a traveler.")
    )
    checked_on = fields.day(_("Checked on"), required=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check(border_facts.check_day, "checked_on")


class RuleForm(_FactForm):
    """Whether holders of a passport need a visa."""

    passport = fields.select(_("Passport of"), required=True)
    requirement = fields.one_of(_("Visa to enter"), EntryRequirement, label, default=EntryRequirement.NOT_KNOWN)
    days = fields.number(_("Days allowed"), least=1, most=3650, required=False)
    transit = fields.one_of(
        _("Visa to change planes only"), EntryRequirement, label, default=EntryRequirement.NOT_KNOWN
    )
    note = fields.lines(_("Note"), longest=2000)

    def about(self, country: str, rule: object) -> None:
        """Check the passport; `rule` is the one that is edited."""
        own = rule if isinstance(rule, EntryRule) else None
        self.check(lambda passport: border_facts.check_passport(passport, country, own), "passport")

    def values(self) -> RuleValues:
        """Return the rule as it was typed."""
        return RuleValues(
            passport=self.passport.data,
            requirement=self.requirement.data,
            days=self.days.data,
            transit=self.transit.data,
            note=given(self.note),
            source=given(self.source),
            checked_on=given(self.checked_on),
        )


class ContactForm(_FactForm):
    """Whom to call in a country."""

    kind = fields.one_of(_("Kind"), ContactKind, label, default=ContactKind.EMERGENCY)
    name = fields.line(_("Name"), required=True, help=_("For example: Police, or Embassy of Mexico."))
    passport = fields.select(_("Serves citizens of"), coerce=lambda code: code or None)
    phone = fields.line(
        _("Phone"), longest=40, help=_("With the country code, or a short number that is dialed there."),
        type="tel", autocomplete="off",
    )  # fmt: skip
    address = fields.lines(_("Address"), longest=500)

    def about(self, country: str, _contact: object) -> None:
        """Check the phone number, as it is dialed in the country."""
        self.check(lambda phone: border_facts.phone_in(country, phone), "phone")

    def values(self) -> ContactValues:
        """Return the contact as it was typed."""
        return ContactValues(
            kind=self.kind.data,
            name=given(self.name),
            passport=self.passport.data,
            phone=given(self.phone),
            address=given(self.address),
            source=given(self.source),
            checked_on=given(self.checked_on),
        )


class NoteForm(_FactForm):
    """What travelers should know."""

    topic = fields.one_of(_("About"), NoteTopic, label, default=NoteTopic.DOCUMENTS)
    crossing_id = fields.select(_("Only at this crossing"), coerce=fields.number_or_none)
    text = fields.lines(
        _("Text"),
        longest=1000,
        required=True,
        help=_("Travelers read it. Name nobody, and nothing that identifies them."),
    )

    _crossings: dict[int, Crossing]

    def offer(self, crossings: Iterable[Crossing]) -> None:
        """Offer the crossings of the country."""
        self._crossings = {one.id: one for one in crossings}
        listed = [(number, one.label) for number, one in self._crossings.items()]
        self.crossing_id.offer([("", gettext("the whole country")), *listed])

    def about(self, _country: str, _note: object) -> None:
        """Check nothing else."""

    def values(self) -> NoteValues:
        """Return the note as it was typed."""
        return NoteValues(
            topic=self.topic.data,
            crossing=self._crossings.get(self.crossing_id.data),
            text=given(self.text),
            source=given(self.source),
            checked_on=given(self.checked_on),
        )
