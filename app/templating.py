"""Filters and globals of the templates: days, hours and names in the reader's language and zone."""

import re
import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import format_date, format_datetime
from flask import Flask, request, session
from flask_babel import get_locale
from flask_login import current_user
from markupsafe import Markup

from app import clock
from app.changes import told
from app.config import LOCALES
from app.labels import LANGUAGES, country_name, delegation_name, entity_name, entity_title, label, problem_title


def register(app: Flask) -> None:
    """Give the templates their filters and globals."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        at=at,
        day=day,
        days=days,
        label=label,
        country=country_name,
        language_name=language_name,
        lines=lines,
        told=told,
        sentence=sentence,
    )
    app.jinja_env.globals.update(
        clock=clock,
        delegation_name=delegation_name,
        entity_name=entity_name,
        entity_title=entity_title,
        problem_title=problem_title,
        languages=LANGUAGES,
        locales=LOCALES,
        zones=sorted(
            zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/"))
        ),
        reader_zone=reader_zone,
        zone_name=zone_name,
        locale_tag=locale_tag,
        fresh_key=lambda: uuid.uuid4().hex,
        css=Markup(app.config["CSS"]),  # noqa: S704 - our own stylesheet
    )


def choose_locale() -> str:
    """Return the reader's language: of the account, of this browser, or what the browser prefers."""
    chosen = session.get("locale")
    if not chosen and current_user.is_authenticated:
        chosen = current_user.locale
    return str(chosen or request.accept_languages.best_match(LOCALES, LOCALES[0]))


def locale_tag() -> str:
    """Return the language of the page (BCP 47)."""
    locale = get_locale()
    return locale.language if locale else LOCALES[0]


def reader_zone() -> str:
    """Return the zone in which the reader lives; a visitor without an account reads UTC."""
    return str(current_user.timezone) if current_user.is_authenticated else "UTC"


def zone_name(zone: str) -> str:
    """Return what a zone is called in a line of text: its town."""
    return zone.rpartition("/")[2].replace("_", " ")


def at(instant: datetime, zone: str | None = None, place: str | None = None) -> str:
    """Return an instant with weekday, day, hour and place: `Fri 12 Dec 18:00 (Caracas)`; the year where it is another.

    Where no place is named, it is the town that the zone is called after.
    """
    zone = zone or reader_zone()
    local = instant.astimezone(ZoneInfo(zone))
    pattern = "EEE d MMM HH:mm" if local.year == clock.now().year else "EEE d MMM y HH:mm"
    return f"{format_datetime(local, pattern, locale=get_locale())} ({place or zone_name(zone)})"


def day(given: date, zone: str | None = None) -> str:
    """Return a day: `5 January 2026`."""
    if isinstance(given, datetime):
        given = given.astimezone(ZoneInfo(zone or reader_zone())).date()
    locale = get_locale()
    pattern = "d MMMM y" if locale and locale.language == "en" else "long"
    return format_date(given, pattern, locale=locale)


def days(first: date, last: date) -> str:
    """Return a span of days, as short as it can be said: `11–13 December 2025`."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return re.sub(r"\d+", f"{first.day}–{last.day}", day(last), count=1)
    return f"{day(first)} – {day(last)}"


def language_name(tag: str) -> str:
    """Return what a language is called in the reader's own."""
    locale = get_locale()
    return str(locale.languages.get(tag.split("-", maxsplit=1)[0], tag)) if locale else tag


def sentence(text: str) -> str:
    """Return text with its first letter capital and all others as they are: names stay names."""
    text = text.strip()
    return text[:1].upper() + text[1:]


def lines(text: str | None) -> list[str]:
    """Return the paragraphs of a text."""
    return [paragraph for paragraph in re.split(r"\n\s*\n", text or "") if paragraph.strip()]
