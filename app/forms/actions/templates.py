"""Templates of actions, their items, and their use."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field

from app.domain.actions.telling import Assignee
from app.domain.actions.templates import ItemValues, TemplateValues
from app.forms import fields
from app.forms.actions.follow_ups import assignee_choice
from app.forms.base import Form
from app.forms.fields import ChooseField, given
from app.forms.presence import Where
from app.forms.previewing import PreviewForm
from app.models.actions.follow_ups import Priority
from app.models.actions.templates import LONGEST_OFFSET, Anchor
from app.wording.formats import sentence
from app.wording.labels import label


class TemplateForm(Form):
    """A template, without its actions."""

    title = fields.line(_("Title"), required=True, help=_("For example: “Before a congress”."))
    note = fields.lines(_("When to use it"))

    def values(self) -> TemplateValues:
        """Return the template as it was typed."""
        return TemplateValues(title=given(self.title), note=given(self.note))


class NewTemplateForm(TemplateForm):
    """A new template, and where it is offered."""

    place = fields.select(_("Where it is offered"))


class Side(StrEnum):
    """On which side of the date an action is due."""

    BEFORE = "before"
    AFTER = "after"


class ItemForm(Form):
    """An action of a template."""

    title = fields.line(_("Action"), required=True)
    days = fields.number(_("Days"), least=0, most=LONGEST_OFFSET, default=7, help=_("Enter 0 for the date itself."))
    side = fields.select(_("Before or after the date"), coerce=Side, default=Side.BEFORE)
    at = fields.hour(_("Time of day"), required=True, help=_("In the time zone of the congress or campaign."))
    role = fields.line(
        _("Who does it"),
        longest=80,
        help=_("A role, such as press or lodging. When the template is used, you choose somebody for each role."),
    )
    remind_before_hours = fields.number(
        _("First mention in the daily letter (hours before)"),
        least=0,
        most=720,
        default=24,
        help=_(
            "Enter 0 to start on the due day. The daily letter also mentions the action on that day and while it is "
            "overdue."
        ),
    )
    priority = fields.one_of(_("Priority"), Priority, label, default=Priority.NORMAL)
    note = fields.lines(_("Note"))

    def __init__(self, **values: Any) -> None:
        """Show the distance of an existing action as days on one side of the date."""
        item = values.get("obj")
        if item is not None:
            side = Side.AFTER if item.offset_days > 0 else Side.BEFORE
            values |= {"days": abs(item.offset_days), "side": side}
        super().__init__(**values)
        self.side.offer([(Side.BEFORE.value, gettext("before")), (Side.AFTER.value, gettext("after"))])

    def values(self) -> ItemValues:
        """Return the action as it was typed."""
        days = int(given(self.days))
        return ItemValues(
            title=given(self.title),
            note=given(self.note),
            offset_days=days if self.side.data is Side.AFTER else -days,
            at=given(self.at),
            remind_before_hours=given(self.remind_before_hours),
            priority=self.priority.data,
            role=given(self.role),
        )


class UseForm(PreviewForm):
    """The date around which the actions of a template are created, and who does them."""

    SHOWN: ClassVar[dict[str, tuple[StrEnum, ...]]] = {"day": (Anchor.DAY,)}

    kind = fields.select(_("Date"), coerce=Anchor)
    day = fields.day(_("Your own date"), required=Where("kind", Anchor.DAY))
    assignee_id = fields.select(
        _("Assignee"), coerce=assignee_choice, help=_("Below the preview, you can choose others for roles.")
    )

    def fields_for(self, draft: Any) -> Mapping[str, tuple[Field, Any]]:
        """Return a field for each role of the template."""
        return {
            name: (
                ChooseField(sentence(role), coerce=assignee_choice, choices=self.assignee_id.choices),
                self.assignee_id.data,
            )
            for name, role in named_roles(draft.roles)
        }

    def assignees(self, roles: Sequence[str], offered: Mapping[int | str, Assignee]) -> dict[str | None, Assignee]:
        """Return who was chosen for each role; `None` is for actions without one. `offered` are all by their choice."""
        usual = offered[self.assignee_id.data]
        return {None: usual, **{role: offered.get(self[name].data, usual) for name, role in named_roles(roles)}}


def named_roles(roles: Sequence[str]) -> list[tuple[str, str]]:
    """Return the name of the field for each role."""
    return [(f"role-{number}", role) for number, role in enumerate(roles)]
