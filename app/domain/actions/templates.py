"""Templates of actions, and their items."""

from datetime import time
from typing import TypedDict

from app import clock
from app.domain.accounts import audit
from app.domain.actions.follow_ups import Where
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import Priority
from app.models.actions.templates import ActionTemplate, TemplateItem


class TemplateValues(TypedDict):
    """What is recorded about a template."""

    title: str
    note: str | None


class ItemValues(TypedDict):
    """An action of a template; `offset_days` are after the date, negative ones before it, and `at` is a local time."""

    title: str
    note: str | None
    offset_days: int
    at: time
    remind_before_hours: int
    priority: Priority
    role: str | None


def create(values: TemplateValues, *, by: User | None, where: Where) -> ActionTemplate:
    """Record a template of a congress, of a campaign or, without either, of the house."""
    template = ActionTemplate(created_by_id=by.id if by else None, created_at=clock.now(), **values, **where)
    db.session.add(template)
    db.session.flush()
    audit.note(template, "recorded", {}, _facts(template))
    return template


def update(template: ActionTemplate, values: TemplateValues) -> None:
    """Change the title and the note of a template."""
    with audit.changing(template, _facts):
        for name, value in values.items():
            setattr(template, name, value)


def remove(template: ActionTemplate) -> None:
    """Delete a template with its items. Actions that were created from it stay, and still move with their date."""
    audit.forget(template)
    db.session.delete(template)
    db.session.flush()


def add_item(template: ActionTemplate, values: ItemValues) -> TemplateItem:
    """Add an action to a template; where it was used before, nothing changes."""
    with audit.changing(template, _facts):
        item = TemplateItem(template=template, **values)
        db.session.add(item)
        db.session.flush()
        _reordered(template)
    return item


def update_item(item: TemplateItem, values: ItemValues) -> None:
    """Change an action of a template; where it was used before, nothing changes."""
    with audit.changing(item.template, _facts):
        for name, value in values.items():
            setattr(item, name, value)
        db.session.flush()
        _reordered(item.template)


def remove_item(item: TemplateItem) -> None:
    """Take an action out of a template."""
    template = item.template
    with audit.changing(template, _facts):
        db.session.delete(item)
        db.session.flush()
        _reordered(template)


def _reordered(template: ActionTemplate) -> None:
    """Read the items again, in the order of their dates, and count a change of the template."""
    db.session.refresh(template, ["items"])


def _facts(template: ActionTemplate) -> audit.Facts:
    """Return what the history of a template tells."""
    items = [[item.title, item.offset_days, f"{item.at:%H:%M}", item.role] for item in template.items]
    return {"title": template.title, "note": template.note, "items": items}
