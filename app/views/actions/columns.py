"""The columns of lists of actions that are downloaded."""

from flask_babel import gettext

from app.times import to_local
from app.web.columns import Column
from app.web.templating import reader_zone
from app.wording.formats import zone_name
from app.wording.labels import assignee_name, delegation_name, label


def of_actions() -> list[Column]:
    """Return the columns of actions, with times in the reader's zone."""
    zone = reader_zone()
    due = f"{gettext('Due')} ({zone_name(zone)})"
    return [
        Column("title", gettext("What to do"), lambda action: action.title),
        Column("assignee", gettext("Who"), assignee_name),
        Column("due_at", due, lambda action: to_local(action.due_at, zone)),
        Column("priority", gettext("Priority"), lambda action: label(action.priority)),
        Column("status", gettext("Status"), lambda action: label(action.status)),
        Column(
            "delegation",
            gettext("Delegation"),
            lambda action: delegation_name(action.delegation) if action.delegation else "",
        ),
        Column("place", gettext("Congress or campaign"), lambda action: action.place.title if action.place else ""),
        Column("note", gettext("Note"), lambda action: action.note, is_usual=False),
    ]
