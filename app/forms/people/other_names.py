"""The form for another name of a person."""

from flask_babel import lazy_gettext as _

from app.domain.people.other_names import OtherNameValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.models.people.other_names import NameKind
from app.wording.labels import label


class OtherNameForm(Form):
    """A name of a person besides the usual one."""

    kind = fields.one_of(_("Used"), NameKind, label, default=NameKind.PASSPORT)
    name = fields.line(_("Name"), required=True)

    def values(self) -> OtherNameValues:
        """Return the name as it was typed."""
        return OtherNameValues(kind=self.kind.data, name=given(self.name))
