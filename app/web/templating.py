"""Template filters and globals: dates, times and names in the user's language and time zone."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import Flask, g, request, session
from flask_babel import format_decimal, get_locale
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from app import clock
from app.config import LOCALES, MEMBER_LOCALES
from app.forms.presence import may_stay_empty
from app.models.actions.follow_ups import FollowUp
from app.models.congress.delegations import LEAST_SEATS, MOST_SEATS
from app.queries.lookup import REMOVED_FOR
from app.text import full_stop
from app.web.refreshing import is_live
from app.web.sharing import share
from app.wording.approvals import asked_for
from app.wording.border_cards import currency_name
from app.wording.brigades import hours_of_shift, needs_sentence, role_name, shift_name, times_of_shift
from app.wording.chains import broken_chain
from app.wording.changes import changes_of, verb_of
from app.wording.custom_fields import field_name, help_of, option_label, shown_value, tag_name
from app.wording.formats import (
    at,
    at_both,
    day,
    days,
    dialable,
    duration,
    from_until,
    grouped_phone,
    language_name,
    lines,
    listed,
    month,
    sentence,
    span,
    weekday_and_day,
    zone_name,
)
from app.wording.goals import goal_text
from app.wording.labels import LANGUAGES, assignee_name, country_name, delegation_name, label
from app.wording.legs import leg_with_times
from app.wording.log_labels import logged
from app.wording.matching import evidence_against, evidence_for
from app.wording.member_labels import WEEKDAYS
from app.wording.pending import differences, record_name
from app.wording.places import place_called, place_label, place_name
from app.wording.problems import entity_kind, entity_name, entity_title, group_title, problem_title
from app.wording.reasons import reason
from app.wording.retention import kept_until
from app.wording.statements import language_of, shown_name, title_of
from app.wording.targets import entry_text
from app.wording.template_uses import distance

_FOR_MEMBERS = (
    "subscriptions", "unsubscribing", "address_changes", "archive", "texts", "endorsements", "sign_up_links", "shared_actions", "action_links",
    "personal_cards", "public_days", "public_mobilizations", "public_proposals", "public_brigades", "hosting", "host_coverage", "my_shifts", "public_statements", "public_letters",
)  # fmt: skip
"""Blueprints for members without an account."""


def _at_each_render(given: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that Jinja does not apply when it compiles a template, in the language of the first reader."""

    @pass_context
    def applied(_context: Context, *args: Any, **kwargs: Any) -> Any:
        return given(*args, **kwargs)

    return applied


def choose_locale() -> str:
    """Return the language of the page, out of those that are available.

    The order of precedence is: the opened link, the choice in this browser, the account, the browser's own languages.
    """
    chosen = g.get("page_locale") or session.get("locale")
    if not chosen and signed_in():
        chosen = current_user.locale
    offered = page_locales()
    return str(chosen if chosen in offered else request.accept_languages.best_match(offered, offered[0]))


def signed_in() -> bool:
    """Return whether an account is signed in; always False on pages that work without a session."""
    return not g.get("cookieless") and bool(current_user.is_authenticated)


def page_locales() -> tuple[str, ...]:
    """Return the available languages of the page; pages for members without an account have more."""
    is_for_all = "house_lock" in g or request.endpoint is None or request.blueprint in _FOR_MEMBERS
    return MEMBER_LOCALES if is_for_all else LOCALES


def locale_tag() -> str:
    """Return the language of the page (BCP 47)."""
    locale = get_locale()
    return locale.language if locale else LOCALES[0]


def reader_zone() -> str:
    """Return the user's time zone; UTC for a visitor without an account."""
    return str(current_user.timezone) if signed_in() else "UTC"


def at_reader(instant: datetime, zone: str | None = None, place: str | None = None) -> str:
    """Return an instant with weekday, date, time and place, by default in the user's zone."""
    return at(instant, zone or reader_zone(), place)


def day_of_reader(given: date, zone: str | None = None) -> str:
    """Return a date; an instant is converted to the user's zone by default."""
    return day(given, zone or reader_zone())


def due(follow_up: FollowUp, zone: str | None = None) -> str:
    """Return when an action is due, by default in the user's zone, and in that of its congress or campaign if it differs."""
    place, own = follow_up.place, zone or reader_zone()
    town = follow_up.congress.locality if follow_up.congress else None
    return at_both(follow_up.due_at, own, place.timezone if place else own, town)


_FILTERS: dict[str, Callable[..., Any]] = {
    "asked_for": asked_for,
    "at": at_reader,
    "day": day_of_reader,
    "days": days,
    "differences": differences,
    "distance": distance,
    "dialable": dialable,
    "due": due,
    "entry_text": entry_text,
    "evidence_against": evidence_against,
    "evidence_for": evidence_for,
    "full_stop": full_stop,
    "goal_text": goal_text,
    "grouped_phone": grouped_phone,
    "field_help": help_of,
    "field_name": field_name,
    "tag_name": tag_name,
    "times_of_shift": times_of_shift,
    "option_label": lambda option, field: option_label(field, option),
    "shown_value": shown_value,
    "statement_title": title_of,
    "signer": lambda one: shown_name(one.mandate, one.name, one.organization_name, is_named=one.is_named),
    "label": label,
    "country": country_name,
    "currency_name": currency_name,
    "hours_of_shift": hours_of_shift,
    "language_name": language_name,
    "weekday_and_day": weekday_and_day,
    "lines": lines,
    "logged": logged,
    "listed": listed,
    "month": month,
    "number": format_decimal,
    "duration": duration,
    "changes_of": changes_of,
    "pending_name": record_name,
    "place_called": place_called,
    "place_label": place_label,
    "place_name": place_name,
    "sentence": sentence,
    "span": span,
    "verb_of": verb_of,
}
_GLOBALS: dict[str, Any] = {
    "clock": clock,
    "share": share,
    "days_kept": REMOVED_FOR.days,
    "least_seats": LEAST_SEATS,
    "most_seats": MOST_SEATS,
    "assignee_name": assignee_name,
    "delegation_name": delegation_name,
    "entity_kind": entity_kind,
    "broken_chain": broken_chain,
    "entity_name": entity_name,
    "group_title": group_title,
    "entity_title": entity_title,
    "from_until": from_until,
    "needs_sentence": needs_sentence,
    "problem_title": problem_title,
    "leg_with_times": leg_with_times,
    "reason": reason,
    "is_live": is_live,
    "kept_until": kept_until,
    "language_of": language_of,
    "languages": LANGUAGES,
    "page_locales": page_locales,
    "reader_zone": reader_zone,
    "role_name": role_name,
    "shift_name": shift_name,
    "signed_in": signed_in,
    "zone_name": zone_name,
    "locale_tag": locale_tag,
    "weekdays": WEEKDAYS,
    "fresh_key": lambda: uuid.uuid4().hex,
}


def register(app: Flask) -> None:
    """Register the template filters and globals."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update({name: _at_each_render(given) for name, given in _FILTERS.items()})
    app.jinja_env.tests["optional"] = may_stay_empty
    css = Markup(app.config["CSS"])  # noqa: S704 - our own stylesheet
    app.jinja_env.globals.update(_GLOBALS, css=css)
