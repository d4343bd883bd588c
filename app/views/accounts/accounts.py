"""Signing in and out, and the user's own account."""

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import owner_tokens, tokens
from app.domain.accounts import accounts, calendars
from app.domain.actions import reminders, steps
from app.domain.privacy import suppressions
from app.extensions import db
from app.forms.accounts.accounts import FirstAdminForm, ForgottenForm, OwnProfileForm, PasswordForm, SignInForm
from app.models.accounts.accounts import User
from app.models.accounts.sessions import IDLE, LONGEST
from app.queries.accounts import accounts as account_queries
from app.queries.accounts import sessions as session_queries
from app.views.accounts.scopes import scope_names
from app.web import devices, passkeys, rate_limits, sessions
from app.web.access import Access, requires
from app.web.cookieless import LinkOver, SignedLink, add_message, public_page
from app.web.current_user import reader
from app.web.guessing import Guessing
from app.web.passwords import account_of
from app.web.redirects import safe_path
from app.web.second_step import go_on
from app.web.submit import ACTS, edits, press, submit
from app.web.templating import locale_tag

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@requires(Access.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Sign in and continue to the requested page, with the input of a form that was interrupted."""
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        user = account_of(form)
        if user:
            return go_on(user, str(form.next.data or ""), str(form.kept.data or ""))
    page = render_template("accounts/accounts/sign_in.html", form=form, has_passkeys=passkeys.party() is not None)
    return (page, 429, {"Retry-After": g.wait}) if "wait" in g else (page, form.http_status)


@bp.post("/sign-out")
@requires(Access.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End the session; the browser forgets what it has kept of this site, except which accounts it knows."""
    sessions.end()
    db.session.commit()
    return redirect(url_for("accounts.sign_in")), {"Clear-Site-Data": '"cache", "storage"'}


@bp.route("/account", methods=["GET", "POST"])
@requires(Access.SIGNED_IN)
def profile() -> ResponseReturnValue:
    """Edit the user's own name, address and preferences."""
    user = reader()
    form = OwnProfileForm(obj=user)

    def page() -> str:
        shown = {"grants": account_queries.get(user.id).grants, "names": scope_names()}
        signed_in = {
            "devices": session_queries.of(user),
            "this_device": sessions.current(),
            "idle": IDLE,
            "longest": LONGEST,
        }
        return render_template("accounts/accounts/profile.html", form=form, **shown, **signed_in)

    return submit(
        form,
        edits(user),
        write=lambda: _update_profile(user, form),
        then=url_for("accounts.profile"),
        otherwise=page,
        done=gettext("Saved."),
    )


def _update_profile(user: User, form: OwnProfileForm) -> None:
    accounts.update_profile(user, form.values())
    reminders.plan_for(user)
    session.pop("locale", None)


@bp.route("/forgotten", methods=["GET", "POST"])
@public_page
def forgotten() -> ResponseReturnValue:
    """Email a link to choose a new password; the response does not reveal whether the account exists."""
    form = ForgottenForm()
    if form.validate_on_submit():
        if rate_limits.too_often(rate_limits.SUBSCRIBE, "forgotten"):
            form.form_errors.append(gettext("Too many attempts. Wait a few minutes and try again."))
            return render_template("accounts/accounts/forgotten.html", form=form), 429
        address = str(form.email.data)
        user = account_queries.by_email(address)
        is_enough = rate_limits.too_often_by_anyone(rate_limits.FORGOTTEN, "forgotten", address)
        if user and user.is_active and not is_enough:
            accounts.invite(user)
        db.session.commit()
        add_message(gettext("If there is an account with this address, we have sent it an email."))
        return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/accounts/forgotten.html", form=form), form.http_status


def _invited(token: str) -> User:
    user = tokens.read_password_link(current_app.config["SECRET_KEY"], token)
    if user is None:
        raise LinkOver
    return user


PASSWORD_LINK = SignedLink(
    "password",
    read=_invited,
    languages=lambda user: [user.locale],
    home="accounts.choose_password",
    over="accounts/accounts/link_over.html",
    over_status=410,
)


@bp.route("/password/<token>", methods=["GET", "POST"])
@PASSWORD_LINK.opens
def choose_password(user: User) -> ResponseReturnValue:
    """Choose a password with an emailed link, which works once."""
    form = PasswordForm(user.name, user.email)
    return submit(
        form,
        ACTS,
        write=lambda: _set_password(user, str(form.password.data)),
        then=url_for("accounts.sign_in"),
        otherwise=lambda: render_template("accounts/accounts/password.html", form=form, user=user),
        done=gettext("Your password has been set. Sign in with it."),
    )


def _set_password(user: User, password: str) -> None:
    """Set a password. Whoever opened the link owns the account: guessing by others does not delay them on this device.

    The link has arrived, so emails are sent to this address again if they did not arrive before.
    """
    accounts.set_password(user, password)
    suppressions.lift_bounced([user.email])
    Guessing(user.email).forget()
    devices.remember(user.email)


@bp.route("/first-admin/<token>", methods=["GET", "POST"])
@requires(Access.PUBLIC)
def first_admin(token: str) -> ResponseReturnValue:
    """Create the first account at the address printed at start; it works for a day and while there is no account."""
    genuine = owner_tokens.is_first_admin_link(current_app.config["SECRET_KEY"], token)
    if not genuine or not account_queries.is_empty():
        return render_template("accounts/accounts/first_admin_over.html"), 410
    form = FirstAdminForm(locale=locale_tag())
    return submit(
        form,
        ACTS,
        write=lambda: _create_first_admin(form),
        then=url_for("today.index"),
        otherwise=lambda: render_template("accounts/accounts/first_admin.html", form=form),
        done=gettext("You are now an admin. Invite others under Accounts, and create the first congress."),
    )


def _create_first_admin(form: FirstAdminForm) -> User:
    user = accounts.create_first_admin(**form.values())
    sessions.begin(user)
    devices.remember(user.email)
    return user


@bp.post("/account/confirm")
@requires(Access.SIGNED_IN, fresh=True)
def confirm() -> ResponseReturnValue:
    """Go on to a page that asked for the password first."""
    return redirect(safe_path(request.form.get("next", "")))


@bp.route("/account/password", methods=["POST"])
@requires(Access.SIGNED_IN, fresh=True)
def ask_for_password_link() -> ResponseReturnValue:
    """Email the user a link to choose a new password."""
    user = reader()
    return press(
        lambda: accounts.invite(user), then=url_for("accounts.profile"), done=gettext("The email has been queued.")
    )


@bp.post("/account/end-links")
@requires(Access.SIGNED_IN)
def end_links() -> ResponseReturnValue:
    """End the links in all daily letters that were sent to the user."""
    user = reader()
    done = gettext("The links in letters sent so far no longer work. The next letter has new ones.")
    return press(lambda: steps.end_links(user), then=url_for("accounts.profile"), done=done)


@bp.post("/account/calendars/<any(renew, end):wish>")
@requires(Access.SIGNED_IN)
def change_calendars(wish: str) -> ResponseReturnValue:
    """Give the user new secret addresses of calendars, or end them."""
    user = reader()
    change, done = {
        "renew": (calendars.renew, gettext("These are your calendars. Earlier addresses no longer work.")),
        "end": (calendars.end, gettext("Your calendars have ended.")),
    }[wish]
    return press(lambda: change(user), then=url_for("accounts.profile", _anchor="calendars"), done=done)
