"""The form for an affiliation."""

from flask_babel import lazy_gettext as _

from app.domain.people.affiliations import AffiliationValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import PickField
from app.models.people.affiliations import AffiliationKind
from app.wording.labels import label


class AffiliationForm(Form):
    """An organization that another one belongs to."""

    parent = PickField(_("Belongs to"), required=True, help=_("A federation, confederation or coalition, for example."))
    kind = fields.one_of(_("As"), AffiliationKind, label, default=AffiliationKind.MEMBER)
    start_date = fields.day(_("Start date"))
    end_date = fields.day(_("End date"))

    def values(self) -> AffiliationValues:
        """Return the affiliation as it was typed."""
        return AffiliationValues(
            parent=self.parent.picked(),
            kind=self.kind.data,
            start_date=given(self.start_date),
            end_date=given(self.end_date),
        )
