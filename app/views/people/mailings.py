"""Mailings: writing to the people of a segment, previewing, approving, and following the delivery."""

from flask import Blueprint, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app import clock
from app.domain.people import mailings
from app.domain.people.mailings import Audience, Obstacle
from app.emails.people import mailings as letters
from app.forms.base import Button
from app.forms.listing import ListForm
from app.forms.people.mailings import ApproveForm, MailingForm
from app.mail_settings import most_each_second
from app.models.people.mailings import Mailing
from app.models.people.segments import Segment
from app.policy import Permission
from app.queries.lookup import REMOVED_FOR
from app.queries.mail import failures, queue, runs
from app.queries.mail.holds import Run
from app.queries.people import mailings as mailing_queries
from app.queries.people import people
from app.queries.people import segments as segment_queries
from app.views.people import subjects
from app.web.access import may, may_on, requires
from app.web.confirming import MANY_LETTERS, confirm_first
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.refreshing import refreshing
from app.web.removals import Removed
from app.web.submit import ACTS, creates, edits, press, submit
from app.web.templating import locale_tag
from app.wording.labels import label
from app.wording.sending import forecast_sentences

bp = Blueprint("mailings", __name__)

_NAMED = 30
"""The number of people with the same obstacle who are named."""


@bp.get("/mailings")
@requires(Permission.PERSON_VIEW)
def index() -> ResponseReturnValue:
    """Show the mailings that the user may see, of all congresses and campaigns or of one."""
    form = ListForm(gettext("Subject"), [("", gettext("all")), *subjects.of_user(Permission.PERSON_VIEW)])
    page = mailing_queries.find(form.typed, page_number(), **subjects.ids_in(form.shown))
    return render_template("people/mailings/index.html", form=form, page=page)


@bp.route("/segments/<int:segment_id>/write", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
@creating
def new(segment_id: int) -> ResponseReturnValue:
    """Write to the people of a segment; nothing is sent before it is approved."""
    segment = segment_queries.get(segment_id)
    form = MailingForm(in_language=locale_tag())
    return submit(
        form,
        creates(lambda mailing: url_for("mailings.edit", mailing_id=mailing.id)),
        write=lambda: mailings.create(segment, form.values(), by=reader()),
        then=_location,
        otherwise=lambda: _form_page(form, segment, None),
        done=gettext("Saved as a draft. Nothing is sent until it is approved."),
    )


@bp.get("/mailings/<int:mailing_id>")
@requires(Permission.PERSON_VIEW)
def show(mailing_id: int) -> ResponseReturnValue:
    """Show a letter as it looks, who gets it and why others do not, or how far the sending is."""
    mailing = mailing_queries.get(mailing_id)
    report = runs.report(Run(mailing_id=mailing.id))
    work = report.progress(mailing.approved_at)
    found = mailings.audience(mailing) if mailing.is_draft else Audience([], {})
    page = render_template(
        "people/mailings/show.html",
        mailing=mailing,
        editable=may_on(Permission.PERSON_EDIT, mailing.congress_id, mailing.campaign_id),
        approves=may_on(Permission.DIGEST_APPROVE, mailing.congress_id, mailing.campaign_id),
        is_second=mailings.may_approve(mailing, reader()),
        recipients=len(found.recipients),
        others=[
            (_sentence(obstacle, len(ids)), people.some(ids[:_NAMED]), len(ids) - _NAMED)
            for obstacle, ids in found.others.items()
        ],
        report=report,
        work=work,
        urls={verb: url_for(f"mailings.{verb}", mailing_id=mailing.id) for verb in ("pause", "stop", "resume")},
        tolerated=failures.TOLERATED,
        letter=letters.preview(mailing),
        history=history_of(mailing),
    )
    return refreshing(page, None if mailing.is_draft else work.seconds_to_refresh)


@bp.get("/mailings/<int:mailing_id>/letter")
@requires(Permission.PERSON_VIEW)
def letter(mailing_id: int) -> ResponseReturnValue:
    """Return the letter alone, for the frame that shows it."""
    response = make_response(letters.preview(mailing_queries.get(mailing_id)).html)
    response.headers["Content-Security-Policy"] = current_app.config["LETTER_POLICY"]
    return response


@bp.route("/mailings/<int:mailing_id>/edit", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def edit(mailing_id: int) -> ResponseReturnValue:
    """Edit a draft."""
    mailing = mailing_queries.get(mailing_id)
    form = MailingForm(obj=mailing)
    return submit(
        form,
        edits(mailing),
        write=lambda: mailings.update(mailing, form.values()),
        then=_location(mailing),
        otherwise=lambda: _form_page(form, mailing.segment, mailing),
        done=gettext("Saved."),
    )


@bp.post("/mailings/<int:mailing_id>/test")
@requires(Permission.PERSON_EDIT)
def test(mailing_id: int) -> ResponseReturnValue:
    """Send the letter in its current state to the current user."""
    mailing = mailing_queries.get(mailing_id)
    return press(
        lambda: mailings.send_test(mailing, reader()),
        then=_location(mailing),
        done=gettext("A test email has been sent to %(email)s.", email=reader().email),
    )


@bp.route("/mailings/<int:mailing_id>/approve", methods=["GET", "POST"])
@requires(Permission.DIGEST_APPROVE)
def approve(mailing_id: int) -> ResponseReturnValue:
    """Ask, with the numbers, whether to send a letter, and queue it for each recipient."""
    mailing, form = mailing_queries.get(mailing_id), ApproveForm()
    if request.method == "POST" and (
        asked := confirm_first(when=lambda: len(mailings.audience(mailing).recipients) > MANY_LETTERS)
    ):
        return asked
    return submit(
        form,
        ACTS,
        write=lambda: mailings.approve(mailing, by=reader(), shown=form.shown.data or ""),
        then=_location(mailing),
        otherwise=lambda: _approval_page(mailing, form),
        done=lambda queued: ngettext("%(num)d email will be sent.", "%(num)d emails will be sent.", queued),
    )


@bp.post("/mailings/<int:mailing_id>/pause")
@requires(Permission.DIGEST_APPROVE)
def pause(mailing_id: int) -> ResponseReturnValue:
    """Let the letters that have not been sent wait."""
    mailing = mailing_queries.get(mailing_id)
    return press(
        lambda: mailings.pause(mailing),
        then=_location(mailing),
        done=gettext("Paused. The rest waits until you resume it."),
    )


@bp.post("/mailings/<int:mailing_id>/stop")
@requires(Permission.DIGEST_APPROVE)
def stop(mailing_id: int) -> ResponseReturnValue:
    """Stop the letters that have not been sent."""
    mailing = mailing_queries.get(mailing_id)
    return press(
        lambda: mailings.stop(mailing),
        then=_location(mailing),
        done=gettext("Stopped. Emails already sent cannot be recalled."),
    )


@bp.post("/mailings/<int:mailing_id>/resume")
@requires(Permission.DIGEST_APPROVE)
def resume(mailing_id: int) -> ResponseReturnValue:
    """Send the letters that were paused or stopped; of many, only somebody who has signed in freshly."""
    mailing = mailing_queries.get(mailing_id)
    asked = confirm_first(when=lambda: runs.report(Run(mailing_id=mailing.id)).held_back > MANY_LETTERS)
    if asked:
        return asked
    return press(lambda: mailings.resume(mailing), then=_location(mailing), done=gettext("Sending has been resumed."))


@bp.route("/mailings/<int:mailing_id>/remove", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def remove(mailing_id: int) -> ResponseReturnValue:
    """Ask for confirmation and remove a draft."""
    mailing, form = mailing_queries.get(mailing_id), Button()
    return submit(
        form,
        ACTS,
        write=lambda: mailings.remove(mailing, by=reader()),
        then=url_for("mailings.index"),
        otherwise=lambda: render_template(
            "layouts/removal.html",
            form=form,
            name=mailing.subject,
            consequences=[gettext("Nothing will be sent.")],
            trail=[(mailing.subject, _location(mailing))],
        ),
        done=gettext(
            "%(name)s was removed. It can be restored for %(days)d days, under “Recently removed”.",
            name=mailing.subject,
            days=REMOVED_FOR.days,
        ),
    )


@bp.post("/mailings/<int:mailing_id>/bring-back")
@requires(Permission.PERSON_EDIT)
def bring_back(mailing_id: int) -> ResponseReturnValue:
    """Restore a removed draft."""
    mailing = mailing_queries.get_restorable(mailing_id)
    return press(lambda: mailings.bring_back(mailing), then=_location(mailing), done=gettext("Restored."))


def removed() -> list[Removed]:
    """Return the removed mailings that the user may restore."""
    if not may(Permission.PERSON_EDIT):
        return []
    return [
        Removed(one.subject, gettext("mailing"), one, url_for("mailings.bring_back", mailing_id=one.id))
        for one in mailing_queries.removed()
        if may_on(Permission.PERSON_EDIT, one.congress_id, one.campaign_id)
    ]


def _form_page(form: MailingForm, segment: Segment | None, mailing: Mailing | None) -> str:
    return render_template("people/mailings/form.html", form=form, segment=segment, mailing=mailing)


def _approval_page(mailing: Mailing, form: ApproveForm) -> str:
    found = mailings.audience(mailing)
    form.shown.data = mailings.reviewed(mailing, found)
    total = len(found.recipients)
    return render_template(
        "people/mailings/approve.html",
        form=form,
        question=gettext("Send “%(subject)s”?", subject=mailing.subject),
        consequences=[
            ngettext("%(num)d person gets this letter.", "%(num)d people get this letter.", total),
            *(_sentence(obstacle, len(ids)) for obstacle, ids in found.others.items()),
            *(_forecast(total) if total else ()),
            gettext("The text can no longer be edited."),
        ],
        note=gettext("Sending starts at once. It can be stopped, but emails already sent cannot be recalled."),
        button=gettext("Approve and send"),
        keep=gettext("Leave it as it is"),
        trail=[(mailing.subject, _location(mailing))],
    )


def _forecast(emails: int) -> list[str]:
    """Return when a mailing to so many would have been sent, and what would wait for it."""
    limit = most_each_second(current_app.config["SETTINGS"].mail_url)
    return forecast_sentences(queue.forecast(emails, clock.now(), limit=limit), reader().timezone)


def _sentence(obstacle: Obstacle, total: int) -> str:
    """Return how many people do not get a letter, and why."""
    return f"{label(obstacle)}: {total}"


def _location(mailing: Mailing) -> str:
    return url_for("mailings.show", mailing_id=mailing.id)
