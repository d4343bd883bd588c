"""The forms for a relation."""

from flask_babel import lazy_gettext as _

from app.domain.people.relations import RelationValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import PickField
from app.models.people.relations import RelationKind
from app.wording.labels import label


class RelationForm(Form):
    """What a person is to another one, from when to when."""

    kind = fields.one_of(_("This person is"), RelationKind, label, default=RelationKind.COLLEAGUE)
    note = fields.line(_("Note"))
    start_date = fields.day(_("Start date"))
    end_date = fields.day(_("End date"))

    def values(self) -> RelationValues:
        """Return the relation as it was typed."""
        return RelationValues(
            kind=self.kind.data,
            note=given(self.note),
            start_date=given(self.start_date),
            end_date=given(self.end_date),
        )


class NewRelationForm(RelationForm):
    """A relation, and with whom."""

    other = PickField(
        _("Other person"),
        required=True,
        help=_("Start typing, then choose. Only those who can see both people see it."),
    )
