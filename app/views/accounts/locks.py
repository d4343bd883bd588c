"""The panic lock: closing the house with one press, and opening it by two people."""

from flask import Blueprint, current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.config import Config
from app.domain.accounts import locks, log
from app.domain_errors import DomainError
from app.extensions import db
from app.forms.accounts.accounts import OpeningForm
from app.forms.base import Button
from app.jobs.accounts.withdraw_key import withdraw_key
from app.models.accounts.accounts import User
from app.models.oversight.chain import Actor
from app.models.oversight.lines import ActorKind
from app.policy import Permission
from app.queries.accounts import locks as lock_queries
from app.web import passkeys
from app.web.access import Access, requires
from app.web.cookieless import add_message
from app.web.current_user import reader
from app.web.passwords import account_of
from app.web.second_step import fault_of_code
from app.web.submit import ACTS, submit
from app.web.transactions import write_first

bp = Blueprint("locks", __name__, url_prefix="/house")


@bp.route("/lock", methods=["GET", "POST"])
@requires(Permission.HOUSE_LOCK)
def lock() -> ResponseReturnValue:
    """Close the house. It asks for no password, because seconds count: whoever holds the phone may do it."""
    form, user, settings = Button(), reader(), _settings()
    answer = submit(
        form,
        ACTS,
        write=lambda: locks.lock(by=user),
        then=url_for("today.index"),
        otherwise=lambda: render_template("accounts/locks/lock.html", form=form, is_sealing=settings.seals_key),
    )
    if form.is_submitted():
        withdraw_key(settings)
    return answer


@bp.route("/open", methods=["GET", "POST"])
@requires(Access.PUBLIC)
def opening() -> ResponseReturnValue:
    """Let two people open the house. Nobody is signed in by this."""
    standing = lock_queries.standing()
    if standing is None:
        return redirect(url_for("accounts.sign_in"))
    form, is_sealed = OpeningForm(), _settings().key_is_sealed
    if not is_sealed and form.validate_on_submit():
        user = _proven(form)
        if user is not None and (answer := _confirmed(form, user)):
            return answer
        write_first(locks.note_refusal)
    question = passkeys.ask_anyone() if passkeys.party() and not is_sealed else None
    shown = {"form": form, "is_sealed": is_sealed, "lock": lock_queries.standing(), "lasts": locks.CONFIRMED_FOR}
    page = passkeys.render("accounts/locks/open.html", question, **shown)
    return (page, 429, {"Retry-After": g.wait}) if "wait" in g else (page, form.http_status)


def _proven(form: OpeningForm) -> User | None:
    """Return the account whose owner has proved it with two factors."""
    try:
        if form.answer:
            return passkeys.account_of(form.answer)
        user = account_of(form)
        if user is None:
            return None
        log.act(Actor(ActorKind.PUBLIC, "locks.opening", user.id))
        locks.check_may_open(user)
    except DomainError as error:
        db.session.rollback()
        form.add_error(error)
        return None
    fault = fault_of_code(user, str(form.code.data))
    form.form_errors += [fault] if fault else []
    return None if fault else user


def _confirmed(form: OpeningForm, user: User) -> ResponseReturnValue | None:
    log.act(Actor(ActorKind.PUBLIC, "locks.opening", user.id))
    try:
        is_open = locks.confirm_opening(user)
    except DomainError as error:
        db.session.rollback()
        form.add_error(error)
        return None
    db.session.commit()
    if is_open:
        add_message(gettext("The house is open again. Everybody signs in anew."))
        return redirect(url_for("accounts.sign_in"))
    add_message(gettext("You have confirmed it. Now a second person has to do the same, within half an hour."))
    return redirect(url_for("locks.opening"))


def _settings() -> Config:
    settings: Config = current_app.config["SETTINGS"]
    return settings
