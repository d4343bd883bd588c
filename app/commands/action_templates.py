"""The templates of actions in the demo, which are offered everywhere."""

from datetime import time

from app.commands.baseline import read
from app.domain.actions import templates
from app.models.actions.follow_ups import Priority


def record() -> None:
    """Record the templates with their actions."""
    for values in read("templates"):
        template = templates.create({"title": values["title"], "note": values["note"]}, by=None, where={})
        for item in values["items"]:
            templates.add_item(
                template,
                {
                    "title": item["title"],
                    "note": None,
                    "offset_days": item["days"],
                    "at": time.fromisoformat(item["at"]),
                    "remind_before_hours": 24,
                    "priority": Priority(item["priority"]),
                    "role": item["role"],
                },
            )
