"""The list of all interactions that the user may see, and what it is filtered by."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.forms.people.interactions import InteractionSearchForm
from app.models.accounts.accounts import User
from app.policy import Permission
from app.queries.accounts import audit
from app.queries.people import interactions as interaction_queries
from app.queries.people.interactions import Wanted
from app.views.people import interaction_forms, subjects
from app.views.people.interactions import bp, listed
from app.web.access import requires
from app.web.current_user import reader
from app.web.listing import page_number


@bp.get("/interactions")
@requires(Permission.INTERACTION_VIEW)
def index() -> ResponseReturnValue:
    """Show what was recorded with people and organizations: all, or search results."""
    form = search_form()
    page = interaction_queries.find(wanted(form), page_number())
    return render_template(
        "people/interactions/every.html",
        **listed(page.rows),
        form=form,
        page=page,
        is_writable=interaction_forms.is_writable(None),
    )


def search_form() -> InteractionSearchForm:
    """Return the form with what was searched for; it offers only accounts and congresses that the user knows."""
    form = InteractionSearchForm()
    form.by.offer([("", gettext("– any –")), *((one.id, one.name) for one in known_authors())])
    form.about.offer([("", gettext("– any –")), *subjects.of_user(Permission.INTERACTION_VIEW)])
    form.validate()
    return form


def known_authors() -> list[User]:
    """Return those who have recorded interactions, without accounts whose names the user may not know."""
    authors = interaction_queries.authors()
    strangers = audit.strangers(one.id for one in authors)
    return [one for one in authors if one.id not in strangers]


def wanted(form: InteractionSearchForm) -> Wanted:
    """Return what is searched for, without what has errors; days are those of the user's zone."""
    since, until = form.sound(form.since), form.sound(form.until)
    return Wanted(
        words=form.sound(form.q) or "",
        kind=form.sound(form.kind),
        by_id=form.sound(form.by),
        **subjects.ids_in(form.sound(form.about) or ""),
        since=_begin(since) if since else None,
        until=_begin(until + timedelta(days=1)) if until else None,
    )


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(reader().timezone))
