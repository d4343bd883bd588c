"""What is changed about several actions at once."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field
from wtforms.validators import ValidationError

from app.forms import fields
from app.forms.actions.follow_ups import NO_ACCOUNT, assignee_choice
from app.forms.picking import PickField
from app.forms.presence import Where
from app.forms.previewing import PreviewForm
from app.models.actions.follow_ups import Priority
from app.wording.labels import label

_MOST_DAYS = 730


class ChangeActionsForm(PreviewForm):
    """A change of several actions; the preview asks for nothing else."""

    @property
    def asked(self) -> list[str]:
        """The names of its fields, in the order of the page."""
        return [field.name for field in self if field.type not in ("HiddenField", "CSRFTokenField")]

    def fields_for(self, _draft: Any) -> Mapping[str, tuple[Field, Any]]:
        """Return no fields."""
        return {}


class AssignActionsForm(ChangeActionsForm):
    """Who has them from now on."""

    assignee_id = fields.select(_("Assignee"), coerce=assignee_choice)
    assignee_person = PickField(
        _("Person without an account"),
        required=Where("assignee_id", NO_ACCOUNT),
        help=_("Only if chosen above. This person gets an email with a personal link to each of these actions."),
    )


class MoveActionsForm(ChangeActionsForm):
    """By how many days they move, or to which day."""

    days = fields.number(
        _("By how many days"), least=-_MOST_DAYS, most=_MOST_DAYS, required=False,
        help=_("A negative number moves them back. Each keeps its time of day."),
    )  # fmt: skip
    day = fields.day(_("Or to this day"))

    def validate_day(self, field: Any) -> None:
        """Require a number of days or a day, and not both."""
        if bool(self.days.data) == bool(field.data):
            raise ValidationError(gettext("Enter either a number of days or a day."))


class PrioritizeForm(ChangeActionsForm):
    """Their priority."""

    priority = fields.one_of(_("Priority"), Priority, label, default=Priority.NORMAL)
