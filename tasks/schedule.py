"""The schedule of all tasks. A message that is not processed in time expires: the next one has the same effect."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "send what is due": {"task": "tasks.deliveries.send_due", "schedule": 5.0, "options": {"expires": 5.0}},
    "fetch articles that are due": {
        "task": "tasks.articles.fetch_articles",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "continue imports": {"task": "tasks.imports.run_imports", "schedule": 5.0, "options": {"expires": 5.0}},
    "poll feeds that are due": {"task": "tasks.articles.poll_feeds", "schedule": 60.0, "options": {"expires": 60.0}},
    "receive mailed articles": {"task": "tasks.articles.receive_mail", "schedule": 60.0, "options": {"expires": 60.0}},
    "read returned emails": {"task": "tasks.deliveries.read_returned", "schedule": 60.0, "options": {"expires": 60.0}},
    "compose digests that are due": {
        "task": "tasks.digests.compose_due",
        "schedule": 30.0,
        "options": {"expires": 30.0},
    },
    "queue digests for many members": {
        "task": "tasks.digests.queue_approved",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "compare new articles": {"task": "tasks.versions.compare", "schedule": 60.0, "options": {"expires": 60.0}},
    "check links at night": {
        "task": "tasks.links.check",
        "schedule": crontab(hour="4-6", minute="*/5"),
        "options": {"expires": 300.0},
    },
    "search for duplicates at night": {
        "task": "tasks.duplicates.search",
        "schedule": crontab(hour="2", minute="40"),
        "options": {"expires": 3000.0},
    },
    "forget words that nothing has at night": {
        "task": "tasks.search_words.forget_unused",
        "schedule": crontab(hour="3", minute="20"),
        "options": {"expires": 3000.0},
    },
    "delete what is kept too long at night": {
        "task": "tasks.retention.sweep",
        "schedule": crontab(hour="3-5", minute="*/10"),
        "options": {"expires": 600.0},
    },
    "make a backup at night": {
        "task": "tasks.backups.make",
        "schedule": crontab(hour="1", minute="50"),
        "options": {"expires": 3000.0},
    },
    "look at the state of the house": {"task": "tasks.state.watch", "schedule": 60.0, "options": {"expires": 60.0}},
    "clean up after erasures": {"task": "tasks.privacy.clean_up", "schedule": 60.0, "options": {"expires": 60.0}},
    "make exports that are due": {"task": "tasks.exports.make_due", "schedule": 120.0, "options": {"expires": 120.0}},
    "update the impact of problems": {"task": "tasks.travel.settle", "schedule": 300.0, "options": {"expires": 300.0}},
    "find countries that legs pass through": {
        "task": "tasks.travel.derive_passages",
        "schedule": crontab(hour="3", minute="10"),
        "options": {"expires": 3000.0},
    },
    "clean up": {"task": "tasks.housekeeping.sweep", "schedule": crontab(minute="17"), "options": {"expires": 3000.0}},
}
