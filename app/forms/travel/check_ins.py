"""Answers to a safety check-in."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.models.travel.check_ins import Answer
from app.wording.labels import label


class HelpForm(Form):
    """A call for help, with an optional comment."""

    note = fields.lines(_("Comment"), longest=1000)


class PhoneReportForm(Form):
    """What a delegate reported by phone."""

    answer = fields.one_of(_("Their answer"), Answer, label, default=Answer.SAFE)
    note = fields.lines(_("What they said"), longest=1000)


class CloseForm(Form):
    """Why a call for help is closed."""

    note = fields.lines(
        _("Outcome"), longest=1000, required=True, help=_("For example: reached the embassy and is with Ana.")
    )


class AnswerForm(Form):
    """Safe, or in need of help, with an optional comment."""

    answer = fields.one_of(_("Answer"), Answer, label, default=None)
    note = fields.lines(_("Comment"), longest=1000)
