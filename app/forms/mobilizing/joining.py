"""What somebody fills in who asks to join a brigade, and how organizers take them in."""

from typing import Any

from flask_babel import lazy_gettext as _

from app.domain.mobilizing import joining
from app.domain.mobilizing.spoken import codes_of
from app.forms import fields
from app.forms.fields import given
from app.forms.mobilizing.sign_ups import SignUpForm


class JoinForm(SignUpForm):
    """What somebody offers to a brigade."""

    role = fields.select(_("Role that you would like"), coerce=fields.number_or_none)
    skills = fields.line(_("What you can do"), help=_("For example: first aid, driving a bus, speaking to the press."))
    languages = fields.line(
        _("Languages that you speak"), help=_("Separated by commas, for example: Spanish, Quechua.")
    )
    availability = fields.lines(_("When you have time"), longest=500, rows=2)

    def __init__(self, consent_text: str = "", **values: Any) -> None:
        super().__init__(consent_text, **values)
        self.check(codes_of, "languages")

    def details(self) -> dict[str, Any]:
        """Return what is offered."""
        return joining.details_of(
            self.role.data, given(self.skills), codes_of(self.languages.data), given(self.availability)
        )
