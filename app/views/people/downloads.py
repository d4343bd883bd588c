"""Downloads of people, organizations and interactions."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.accounts.exports import Exported
from app.policy import Permission
from app.queries.paging import in_batches
from app.queries.people import interactions as interaction_queries
from app.queries.people import organizations as organization_queries
from app.queries.people import people as person_queries
from app.views.people import cards, columns, filters, interaction_lists
from app.web.access import requires
from app.web.current_user import reader
from app.web.downloads import Download, download
from app.web.templating import locale_tag

bp = Blueprint("downloads", __name__)


@bp.route("/people/download", methods=["GET", "POST"])
@requires(Permission.PERSON_EXPORT, fresh=True)
def people() -> ResponseReturnValue:
    """Download the people that the search in their list finds."""
    form = filters.of_people(Permission.PERSON_EXPORT)
    chosen, sorting = filters.person_filter(form), form.sound(form.sorting)
    return download(
        Download(
            Exported.PEOPLE,
            gettext("People"),
            of=reader(),
            columns=columns.of_people(),
            numbers=lambda: person_queries.numbers(chosen, sorting, language=locale_tag()),
            rows=lambda numbers: in_batches(numbers, person_queries.some),
            parents=[(gettext("People"), url_for("people.index", **form.kept()))],
            asked=columns.in_file(form.chosen_columns),
            card=cards.person_card,
        )
    )


@bp.route("/interactions/download", methods=["GET", "POST"])
@requires(Permission.PERSON_EXPORT, fresh=True)
def interactions() -> ResponseReturnValue:
    """Download the interactions that the search in their list finds."""
    form = interaction_lists.search_form()
    wanted = interaction_lists.wanted(form)
    return download(
        Download(
            Exported.INTERACTIONS,
            gettext("Interactions"),
            of=reader(),
            columns=interaction_lists.columns(),
            numbers=lambda: interaction_queries.numbers(wanted),
            rows=lambda numbers: in_batches(numbers, interaction_queries.some),
            parents=[(gettext("Interactions"), url_for("interactions.index", **form.kept()))],
        )
    )


@bp.route("/organizations/download", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_VIEW, fresh=True)
def organizations() -> ResponseReturnValue:
    """Download the organizations that the search in their list finds."""
    form = filters.of_organizations()
    chosen, sorting = filters.organization_filter(form), form.sound(form.sorting)
    return download(
        Download(
            Exported.ORGANIZATIONS,
            gettext("Organizations"),
            of=reader(),
            columns=columns.of_organizations(),
            numbers=lambda: organization_queries.numbers(chosen, sorting, language=locale_tag()),
            rows=lambda numbers: in_batches(numbers, organization_queries.some),
            parents=[(gettext("Organizations"), url_for("organizations.index", **form.kept()))],
            asked=columns.in_file(form.chosen_columns),
            card=cards.organization_card,
        )
    )
