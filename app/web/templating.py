"""Filters and globals of the templates: days, hours and names in the reader's language and zone."""

import uuid
from datetime import date, datetime

from flask import Flask, g, request, session
from flask_babel import get_locale
from flask_login import current_user
from markupsafe import Markup

from app import clock
from app.config import LOCALES, MEMBER_LOCALES
from app.forms.presence import may_stay_empty
from app.models.actions.follow_ups import FollowUp
from app.text import full_stop
from app.web.refreshing import is_live
from app.wording.changes import changes_of, verb_of
from app.wording.formats import (
    at,
    at_both,
    day,
    days,
    dialable,
    from_until,
    language_name,
    lines,
    month,
    sentence,
    span,
    zone_name,
)
from app.wording.labels import LANGUAGES, country_name, delegation_name, entity_name, entity_title, label, problem_title
from app.wording.member_labels import WEEKDAYS
from app.wording.reasons import reason

_FOR_MEMBERS = ("subscriptions", "address_changes", "archive", "texts")
"""Blueprints that members without an account see."""


def register(app: Flask) -> None:
    """Give the templates their filters and globals."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        at=at_reader,
        day=day_of_reader,
        days=days,
        dialable=dialable,
        due=due,
        full_stop=full_stop,
        label=label,
        country=country_name,
        language_name=language_name,
        lines=lines,
        month=month,
        changes_of=changes_of,
        sentence=sentence,
        span=span,
        verb_of=verb_of,
    )
    app.jinja_env.tests["optional"] = may_stay_empty
    app.jinja_env.globals.update(
        clock=clock,
        delegation_name=delegation_name,
        entity_name=entity_name,
        entity_title=entity_title,
        from_until=from_until,
        problem_title=problem_title,
        reason=reason,
        is_live=is_live,
        languages=LANGUAGES,
        page_locales=page_locales,
        reader_zone=reader_zone,
        signed_in=signed_in,
        zone_name=zone_name,
        locale_tag=locale_tag,
        weekdays=WEEKDAYS,
        fresh_key=lambda: uuid.uuid4().hex,
        css=Markup(app.config["CSS"]),  # noqa: S704 - our own stylesheet
    )


def choose_locale() -> str:
    """Return the reader's language, of those that the page speaks.

    It is the one of the link that was opened, the one chosen in this browser, that of the account, or the browser's own.
    """
    chosen = g.get("page_locale") or session.get("locale")
    if not chosen and signed_in():
        chosen = current_user.locale
    offered = page_locales()
    return str(chosen if chosen in offered else request.accept_languages.best_match(offered, offered[0]))


def signed_in() -> bool:
    """Say whether an account counts here: on pages that need no session it does not."""
    return not g.get("cookieless") and bool(current_user.is_authenticated)


def page_locales() -> tuple[str, ...]:
    """Return the languages that the page speaks: more where members without an account read it."""
    return MEMBER_LOCALES if request.endpoint is None or request.blueprint in _FOR_MEMBERS else LOCALES


def locale_tag() -> str:
    """Return the language of the page (BCP 47)."""
    locale = get_locale()
    return locale.language if locale else LOCALES[0]


def reader_zone() -> str:
    """Return the zone in which the reader lives; a visitor without an account reads UTC."""
    return str(current_user.timezone) if signed_in() else "UTC"


def at_reader(instant: datetime, zone: str | None = None, place: str | None = None) -> str:
    """Return an instant with weekday, day, hour and place, in the reader's zone where none is given."""
    return at(instant, zone or reader_zone(), place)


def day_of_reader(given: date, zone: str | None = None) -> str:
    """Return a day, an instant as the day that it is for the reader where no zone is given."""
    return day(given, zone or reader_zone())


def due(follow_up: FollowUp, zone: str | None = None) -> str:
    """Return when an action is due, in the reader's zone where none is given, and in the congress's where it differs."""
    congress = follow_up.congress
    return at_both(follow_up.due_at, zone or reader_zone(), congress.timezone, congress.locality)
