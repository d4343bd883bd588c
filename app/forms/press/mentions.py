"""The form that says whom an article names."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.forms.picking import PickField
from app.models.press.mentions import MentionKind
from app.wording.labels import label


class MentionForm(Form):
    """A person or an organization in an article, and what either has to do with it."""

    person = PickField(_("Person"), help=_("Start typing, then choose. Only those who can see this person see it."))
    organization = PickField(_("Organization"), help=_("Instead of a person. Everyone can see it."))
    kind = fields.one_of(_("In this article"), MentionKind, label, default=MentionKind.SUBJECT)
