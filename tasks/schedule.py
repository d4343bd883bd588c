"""When each task runs, on one page. A message that nobody took in time is dropped: the next one wakes as well."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "send what is due": {"task": "tasks.deliveries.wake", "schedule": 5.0, "options": {"expires": 5.0}},
    "fetch articles that are due": {
        "task": "tasks.articles.fetch_articles",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "poll feeds that are due": {"task": "tasks.articles.poll_feeds", "schedule": 60.0, "options": {"expires": 60.0}},
    "receive mailed articles": {"task": "tasks.articles.receive_mail", "schedule": 60.0, "options": {"expires": 60.0}},
    "compose digests whose hour has come": {
        "task": "tasks.digests.compose_due",
        "schedule": 30.0,
        "options": {"expires": 30.0},
    },
    "compare new articles": {"task": "tasks.versions.compare", "schedule": 60.0, "options": {"expires": 60.0}},
    "check at night which pages are gone": {
        "task": "tasks.links.check",
        "schedule": crontab(hour="4-6", minute="*/5"),
        "options": {"expires": 300.0},
    },
    "settle whom problems hit": {"task": "tasks.travel.settle", "schedule": 300.0, "options": {"expires": 300.0}},
    "sweep": {"task": "tasks.housekeeping.sweep", "schedule": crontab(minute="17"), "options": {"expires": 3000.0}},
}
