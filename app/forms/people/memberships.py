"""The form for a membership."""

from flask_babel import lazy_gettext as _

from app.domain.people.memberships import MembershipValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import PickField


class MembershipForm(Form):
    """A person's membership in an organization."""

    organization = PickField(_("Organization"), required=True, help=_("Start typing, then choose."))
    post = fields.line(_("Position"), help=_("The person’s role there."))
    on_behalf_of = PickField(_("On behalf of"), help=_("The organization that the person represents there."))
    start_date = fields.day(_("Start date"))
    end_date = fields.day(_("End date"))

    def values(self) -> MembershipValues:
        """Return the membership as it was typed."""
        return MembershipValues(
            organization=self.organization.picked(),
            post=given(self.post),
            on_behalf_of=self.on_behalf_of.picked(),
            start_date=given(self.start_date),
            end_date=given(self.end_date),
        )
