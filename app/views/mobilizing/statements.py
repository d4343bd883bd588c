"""Statements of a campaign, for those who write and publish them."""

from datetime import datetime

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app import clock
from app.config import MEMBER_LOCALES
from app.domain.accounts import removals
from app.domain.mobilizing import statements
from app.forms.base import Button
from app.forms.mobilizing.statements import StatementForm
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.statements import Statement
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.lookup import REMOVED_FOR
from app.queries.mobilizing import statements as statement_queries
from app.web.access import may, requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.removals import Removed
from app.web.submit import ACTS, creates, edits, press, submit
from app.wording.statements import title_of

bp = Blueprint("statements", __name__, url_prefix="/campaigns/<int:campaign_id>/statements")


@bp.get("")
@requires(Permission.CAMPAIGN_VIEW)
def index(campaign_id: int) -> ResponseReturnValue:
    """Show the statements of a campaign."""
    return render_template(
        "mobilizing/statements/index.html",
        campaign=campaigns.get(campaign_id),
        page=statement_queries.find(campaign_id, page_number()),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_EDIT)
@creating
def new(campaign_id: int) -> ResponseReturnValue:
    """Write a statement."""
    campaign, form = campaigns.get(campaign_id), StatementForm()
    return submit(
        form,
        creates(_editor),
        write=lambda: statements.create(campaign, form.values()),
        then=_location,
        otherwise=lambda: _page(form, campaign, None),
        done=gettext("Saved. Read it once more, then publish it."),
    )


@bp.get("/<int:statement_id>")
@requires(Permission.CAMPAIGN_VIEW)
def show(campaign_id: int, statement_id: int) -> ResponseReturnValue:
    """Show a statement, its versions, and how many have signed each."""
    statement, now = statement_queries.get(campaign_id, statement_id), clock.now()
    return render_template(
        "mobilizing/statements/show.html",
        statement=statement,
        campaign=statement.campaign,
        counts={one.id: _counted(one.id, now) for one in statement.versions},
        history=history_of(statement),
    )


@bp.route("/<int:statement_id>/edit", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_EDIT)
def edit(campaign_id: int, statement_id: int) -> ResponseReturnValue:
    """Edit a statement; what was published stays as it is."""
    statement = statement_queries.get(campaign_id, statement_id)
    form = StatementForm(data=_filled(statement))
    return submit(
        form,
        edits(statement),
        write=lambda: statements.update(statement, form.values()),
        then=_location(statement),
        otherwise=lambda: _page(form, statement.campaign, statement),
        done=gettext("Saved."),
    )


@bp.route("/<int:statement_id>/publish", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_EDIT)
def publish(campaign_id: int, statement_id: int) -> ResponseReturnValue:
    """Show the text that will be frozen, and publish it."""
    statement, form = statement_queries.get(campaign_id, statement_id), Button()
    return submit(
        form,
        ACTS,
        write=lambda: statements.publish(statement),
        then=_location(statement),
        otherwise=lambda: render_template(
            "mobilizing/statements/publish.html",
            statement=statement,
            campaign=statement.campaign,
            signed=sum(_counted(one.id, clock.now()) for one in statement.versions),
            form=form,
        ),
        done=gettext("Published. It can be signed on its public page."),
    )


@bp.post("/<int:statement_id>/close")
@requires(Permission.CAMPAIGN_EDIT)
def close(campaign_id: int, statement_id: int) -> ResponseReturnValue:
    """Take no more signatures."""
    statement = statement_queries.get(campaign_id, statement_id)
    return press(
        lambda: statements.close(statement),
        then=_location(statement),
        done=gettext("It takes no more signatures. Its public page stays."),
    )


@bp.post("/<int:statement_id>/reopen")
@requires(Permission.CAMPAIGN_EDIT)
def reopen(campaign_id: int, statement_id: int) -> ResponseReturnValue:
    """Take signatures again."""
    statement = statement_queries.get(campaign_id, statement_id)
    return press(
        lambda: statements.reopen(statement), then=_location(statement), done=gettext("It can be signed again.")
    )


@bp.route("/<int:statement_id>/remove", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_EDIT)
def remove(campaign_id: int, statement_id: int) -> ResponseReturnValue:
    """Ask for confirmation and remove a statement, naming what hangs on it."""
    statement, form = statement_queries.get(campaign_id, statement_id), Button()
    signed = sum(_counted(one.id, clock.now()) for one in statement.versions)
    signatures = ngettext("%(num)d signature is no longer shown.", "%(num)d signatures are no longer shown.", signed)
    return submit(
        form,
        ACTS,
        write=lambda: removals.remove(statement, by=reader()),
        then=url_for("statements.index", campaign_id=campaign_id),
        otherwise=lambda: render_template(
            "layouts/removal.html",
            form=form,
            name=title_of(statement),
            consequences=[
                gettext("Its public page is no longer shown."),
                signatures,
                gettext("If it only takes no more signatures, close it instead. Then its page stays."),
            ],
            trail=[(title_of(statement), _location(statement))],
        ),
        done=gettext(
            "%(name)s was removed. It can be restored for %(days)d days, under “Recently removed”.",
            name=title_of(statement),
            days=REMOVED_FOR.days,
        ),
    )


@bp.post("/<int:statement_id>/bring-back")
@requires(Permission.CAMPAIGN_EDIT)
def bring_back(campaign_id: int, statement_id: int) -> ResponseReturnValue:
    """Restore a removed statement, with its signatures."""
    statement = statement_queries.get_restorable(campaign_id, statement_id)
    return press(lambda: removals.bring_back(statement), then=_location(statement), done=gettext("Restored."))


def removed() -> list[Removed]:
    """Return the removed statements that the user may restore."""
    return [
        Removed(
            title_of(one),
            gettext("statement"),
            one,
            url_for("statements.bring_back", campaign_id=one.campaign_id, statement_id=one.id),
        )
        for one in statement_queries.removed()
        if may(Permission.CAMPAIGN_EDIT, None, one.campaign_id)
    ]


def _counted(version_id: int, now: datetime) -> int:
    return sum(one.counted for one in statement_queries.tallies(version_id, now))


def _filled(statement: Statement) -> dict[str, str]:
    parts = {"title": statement.titles, "text": statement.texts}
    return {f"{name}_{locale}": words.get(locale, "") for name, words in parts.items() for locale in MEMBER_LOCALES}


def _page(form: StatementForm, campaign: Campaign, statement: Statement | None) -> str:
    return render_template("mobilizing/statements/form.html", form=form, campaign=campaign, statement=statement)


def _location(statement: Statement) -> str:
    return url_for("statements.show", campaign_id=statement.campaign_id, statement_id=statement.id)


def _editor(statement: Statement) -> str:
    return url_for("statements.edit", campaign_id=statement.campaign_id, statement_id=statement.id)
