"""The public pages of a statement: its text, who has signed it now or as of an instant, and signing it."""

from collections.abc import Mapping
from datetime import datetime
from itertools import chain
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import clock, tokens
from app.domain.mobilizing import signing, statements
from app.domain_errors import DomainError
from app.forms.base import Button
from app.forms.mobilizing.signatures import EditionForm, SignatureForm
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.sign_ups import Mandate, SignUp, SignUpKind
from app.models.mobilizing.statements import Statement, StatementVersion
from app.queries.lookup import Missing
from app.queries.mobilizing import statements as statement_queries
from app.tables import Value, csv_pieces
from app.times import to_instant
from app.views.mobilizing.asking import ask, campaign_of, consent_text
from app.views.mobilizing.sign_up_links import LINK
from app.web.cookieless import public_page
from app.web.listing import position
from app.web.submit import ACTS, submit
from app.wording.labels import label
from app.wording.statements import language_of, shown_name

bp = Blueprint("public_statements", __name__)


@bp.get("/c/<slug>/statements/<int:statement_id>")
@public_page
def show(slug: str, statement_id: int) -> ResponseReturnValue:
    """Show the text that is signed today, or an earlier version, with its signatures now or as of an instant."""
    campaign = campaign_of(slug)
    version, form = _version(campaign, statement_id), EditionForm()
    as_of = _as_of(form, campaign)
    tallies = statement_queries.tallies(version.id, as_of)
    return render_template(
        "mobilizing/public/statement.html",
        campaign=campaign,
        version=version,
        latest=version.statement.published,
        language=language_of(version, request.args.get("text")),
        form=form,
        as_of=as_of,
        tallies=tallies,
        page=statement_queries.signatures(version.id, as_of, position()),
        counted=sum(one.counted for one in tallies),
        withdrawn=sum(one.withdrawn for one in tallies),
    )


@bp.get("/c/<slug>/statements/<int:statement_id>/text.json")
@public_page
def text(slug: str, statement_id: int) -> ResponseReturnValue:
    """Return the exact bytes that the hash of a version is about."""
    version = _version(campaign_of(slug), statement_id)
    return Response(version.content(), mimetype="application/json")


@bp.get("/c/<slug>/statements/<int:statement_id>/signatures.csv")
@public_page
def signatures(slug: str, statement_id: int) -> ResponseReturnValue:
    """Return all signatures of a version, now or as of an instant, as a table."""
    campaign = campaign_of(slug)
    version = _version(campaign, statement_id)
    as_of = _as_of(EditionForm(), campaign)
    about = (version.titles[language_of(version)], version.sha256, as_of)
    heads = (gettext("On whose behalf"), gettext("Name"), gettext("Signed"), gettext("Withdrawn"))
    labels = {one: label(one) for one in statement_queries.MANDATES}
    rows = (_cells(one, labels) for one in statement_queries.edition(version.id, as_of))
    return Response(b"".join(csv_pieces(chain((about, heads), rows))), mimetype="text/csv")


@bp.route("/c/<slug>/statements/<int:statement_id>/sign", methods=["GET", "POST"])
@public_page
def sign(slug: str, statement_id: int) -> ResponseReturnValue:
    """Show the text and sign it: the version that the page has shown, or none."""
    campaign = campaign_of(slug)
    statement = statement_queries.get(campaign.id, statement_id)
    version = statement.published
    if version is None or not statement.takes_signatures:
        raise Missing("version")
    form = SignatureForm(consent_text(campaign), version.number)
    form.check(lambda number: _check(statement, str(number)), "version")
    return ask(form, SignUpKind.SIGN, campaign, "mobilizing/public/sign.html", shown=version, version_id=version.id)


@bp.route("/sign-up/<token>/new-version", methods=["GET", "POST"])
@LINK.opens
def sign_anew(sign_up: SignUp) -> ResponseReturnValue:
    """Show the new version of what somebody has signed; the button signs it too."""
    version = statement_queries.unsigned_version(sign_up)
    if version is None:
        return redirect(url_for("sign_up_links.confirm"))
    form = Button()

    def location(signed: SignUp) -> str:
        token = tokens.sign_sign_up(str(current_app.config["SECRET_KEY"]), signed)
        return url_for("sign_up_links.confirm", token=token)

    return submit(
        form,
        ACTS,
        write=lambda: statements.sign_anew(sign_up, version),
        then=location,
        otherwise=lambda: render_template(
            "mobilizing/public/new_version.html",
            sign_up=sign_up,
            version=version,
            language=language_of(version, request.args.get("text")),
            form=form,
        ),
    )


def _version(campaign: Campaign, statement_id: int) -> StatementVersion:
    """Return the version that the address names, otherwise the latest one; raise Missing if there is none."""
    number = request.args.get("version", type=int)
    if number is not None:
        return statement_queries.get_version(campaign.id, statement_id, number)
    version = statement_queries.get(campaign.id, statement_id).published
    if version is None:
        raise Missing("version")
    return version


def _as_of(form: EditionForm, campaign: Campaign) -> datetime:
    """Return the instant of the requested edition; now, if none or one that has not come yet is requested."""
    now = clock.now()
    if not form.validate() or form.as_of.data is None:
        return now
    try:
        return min(to_instant(form.as_of.data, campaign.timezone, "as_of"), now)
    except DomainError as error:
        form.add_error(error)
        return now


def _check(statement: Statement, number: str) -> None:
    """Raise DomainError if another version than the one with this number is signed by now, or none any more."""
    version = statement.published
    signing.check_open(version)
    if version is None or str(version.number) != number:
        raise DomainError(None, statements.CHANGED)


def _cells(line: Any, labels: Mapping[Mandate, str]) -> tuple[Value, ...]:
    """Return the cells of a signature; one that was withdrawn has no name."""
    name = shown_name(line.mandate, line.name, line.organization_name, is_named=line.is_named)
    withdrawn_at = line.withdrawn_at
    shown = "" if withdrawn_at else name
    return labels[line.mandate], shown, line.confirmed_at.date(), withdrawn_at.date() if withdrawn_at else None
