"""Answers to a safety check-in."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.models.travel.check_ins import Answer
from app.wording.labels import label


class AnswerForm(Form):
    """Safe, or in need of help; a few words if wanted."""

    answer = fields.one_of(_("Answer"), Answer, label, default=None)
    note = fields.lines(_("A few words, if you want"), longest=1000)
