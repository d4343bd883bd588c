"""The list of all interactions that the user may see, and what it is filtered by."""

from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.forms.people.interactions import InteractionSearchForm
from app.models.accounts.accounts import User
from app.models.people.interactions import Interaction
from app.policy import Permission
from app.queries.accounts import audit
from app.queries.people import interactions as interaction_queries
from app.queries.people.interactions import Wanted
from app.times import to_local
from app.views.people import interaction_forms, subjects
from app.views.people.interactions import bp, listed
from app.web.access import requires
from app.web.columns import Column
from app.web.current_user import midnight
from app.web.listing import page_number
from app.web.templating import reader_zone
from app.wording.formats import zone_name
from app.wording.labels import label


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


def columns() -> list[Column]:
    """Return the columns of interactions, with times in the reader's zone."""
    zone, known = reader_zone(), {one.id for one in known_authors()}

    def about(one: Interaction) -> str:
        where = one.congress or one.campaign
        return where.title if where else ""

    def recorded_by(one: Interaction) -> str:
        if one.created_by is None:
            return ""
        return one.created_by.name if one.created_by_id in known else gettext("another organizer")

    return [
        Column("occurred_at", f"{gettext('When')} ({zone_name(zone)})", lambda one: to_local(one.occurred_at, zone)),
        Column("kind", gettext("Kind"), lambda one: label(one.kind)),
        Column("initiative", gettext("Who got in touch"), lambda one: label(one.initiative) if one.initiative else ""),
        Column("person", gettext("Person"), lambda one: one.person.full_name if one.person else ""),
        Column("organization", gettext("Organization"), lambda one: one.organization.name if one.organization else ""),
        Column("about", gettext("Congress or campaign"), about),
        Column("subject", gettext("Subject"), lambda one: one.subject),
        Column("body", gettext("What was said"), lambda one: one.body, is_usual=False),
        Column("recorded_by", gettext("Recorded by"), recorded_by),
        Column("number", gettext("Number in Encuentro"), lambda one: one.id, is_usual=False),
    ]


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
        since=midnight(since) if since else None,
        until=midnight(until + timedelta(days=1)) if until else None,
    )
