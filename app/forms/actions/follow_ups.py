"""Follow-up actions."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.models.actions.follow_ups import Priority
from app.wording.labels import label


class FollowUpForm(Form):
    """Who does what until when; the due date is in the zone of the one who types it."""

    title = fields.line(_("What has to be done"), required=True)
    assignee_id = fields.select(_("Who"), coerce=int)
    due = fields.moment(_("Due"), required=True)
    remind_before_hours = fields.number(
        _("Remind how many hours before"),
        least=0,
        most=720,
        default=24,
        help=_("0 for no reminder; a notice comes when it is overdue."),
    )
    priority = fields.one_of(_("Priority"), Priority, label, default=Priority.NORMAL)
    note = fields.lines(_("Note"), help=_("It stays here: letters carry only the title."))


class AssignForm(FollowUpForm):
    """The same for each of several delegations."""

    title = fields.line(_("What has to be done"), help=_("Left empty, it is what is chosen above."))
    kind = fields.select(_("What the problem calls for"), help=_("It is withdrawn by itself when the hit is gone."))
    delegations = fields.ChooseManyField(
        _("For which delegations"),
        description=_("One action for each. None chosen: one action in general."),
        coerce=int,
    )
