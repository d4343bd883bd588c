"""Forms for brigades, their roles and their members."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import DataRequired

from app.domain.mobilizing.brigade_members import MemberValues, check_dates
from app.domain.mobilizing.brigades import BrigadeValues, RoleValues
from app.domain.mobilizing.spoken import codes_of
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.people.people import PersonForm
from app.forms.picking import PickField, ZoneField
from app.forms.presence import Where
from app.models.mobilizing.brigades import (
    LEAST_NEEDED,
    MOST_HOURS,
    MOST_NEEDED,
    Brigade,
    BrigadeMember,
    Channel,
    MemberStatus,
    RoleKind,
)
from app.wording.formats import language_name
from app.wording.labels import label


class BrigadeForm(Form):
    """A brigade."""

    name = fields.line(_("Name"), required=True)
    purpose = fields.lines(_("What it does"), longest=2000)
    country = fields.select(_("Country"))
    locality = fields.line(_("Town"))
    languages = fields.line(_("Languages"), help=_("Names or codes, separated by commas."))
    timezone = ZoneField(_("Time zone"), required=True, help=_("Its shifts are planned in this zone."))
    is_open = BooleanField(_("Anyone can ask to join on the campaign’s public page"))
    needs_approval = BooleanField(_("A coordinator approves shifts and swaps"))
    give_back_hours = fields.number(
        _("Shifts can be given back (hours before)"),
        least=0,
        most=MOST_HOURS,
        default=24,
        help=_("Later, a coordinator has to agree."),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check(codes_of, "languages")

    def values(self) -> BrigadeValues:
        """Return the brigade as it was typed."""
        return BrigadeValues(
            name=given(self.name),
            purpose=given(self.purpose),
            country=given(self.country),
            locality=given(self.locality),
            languages=codes_of(self.languages.data),
            timezone=given(self.timezone),
            is_open=self.is_open.data,
            needs_approval=self.needs_approval.data,
            give_back_hours=given(self.give_back_hours),
        )


class RoleForm(Form):
    """A role in a brigade."""

    kind = fields.one_of(_("Role"), RoleKind, label, empty=_("– choose –"), validators=[DataRequired(_("Choose one."))])
    name = fields.line(
        _("Name of the role"),
        required=Where("kind", RoleKind.OTHER, says=_("Name the role.")),
        help=_("Only if it is none of the roles above."),
    )
    needed = fields.number(_("People needed"), least=LEAST_NEEDED, most=MOST_NEEDED, default=1)

    def values(self) -> RoleValues:
        """Return the role as it was typed."""
        return RoleValues(kind=self.kind.data, name=given(self.name), needed=given(self.needed))


class MemberFields:
    """What forms of members have in common."""

    role = fields.select(_("Role"), coerce=fields.number_or_none)
    status = fields.one_of(_("Status"), MemberStatus, label, default=MemberStatus.ASKED)
    since = fields.day(_("First day"))
    until = fields.day(_("Last day"))
    skills = fields.line(_("Skills"), help=_("For example: drives a bus, first aid."))
    languages = fields.line(_("Languages spoken"), help=_("Names or codes, separated by commas."))
    channel = fields.one_of(_("How to reach this person"), Channel, label, default=Channel.EMAIL)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check(codes_of, "languages")  # type: ignore[attr-defined]
        self.check(check_dates, "since", "until")  # type: ignore[attr-defined]

    def member_values(self, brigade: Brigade) -> MemberValues:
        """Return the part in a brigade as it was typed."""
        return MemberValues(
            role=next((role for role in brigade.roles if role.id == self.role.data), None),
            status=self.status.data,
            since=given(self.since),
            until=given(self.until),
            skills=given(self.skills),
            languages=codes_of(self.languages.data),
            channel=self.channel.data,
        )


class MemberForm(MemberFields, Form):
    """A person's part in a brigade."""


class AddMemberForm(MemberFields, Form):
    """A person who is already recorded, and the part in a brigade."""

    person = PickField(_("Person"), required=True, help=_("Someone who is already recorded."))


class NewMemberForm(MemberFields, PersonForm):
    """A person who is recorded with this form, and the part in a brigade."""


def filled(row: Brigade | BrigadeMember) -> dict[str, Any]:
    """Return what a form shows of a brigade or of a member: the languages by their names."""
    languages = ", ".join(language_name(code) for code in row.languages)
    if isinstance(row, BrigadeMember):
        return {"languages": languages, "role": row.role_id}
    return {"languages": languages}
