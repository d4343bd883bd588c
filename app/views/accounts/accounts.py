"""Signing in and out, and the user's own account."""

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, refresh
from flask_login import login_user, logout_user

from app import tokens
from app.domain.accounts import accounts
from app.domain.accounts.passwords import password_matches
from app.domain.actions import reminders
from app.extensions import db
from app.forms.accounts.accounts import FirstAdminForm, ForgottenForm, OwnProfileForm, PasswordForm, SignInForm
from app.models.accounts.accounts import User
from app.queries.accounts import accounts as account_queries
from app.views.accounts.scopes import scope_names
from app.web import rate_limits
from app.web.access import Access, requires
from app.web.cookieless import LinkOver, SignedLink, add_message, public_page
from app.web.current_user import reader
from app.web.redirects import safe_path
from app.web.resubmit import show_kept
from app.web.submit import ACTS, edits, press, submit
from app.web.templating import locale_tag

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@requires(Access.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Sign in and continue to the requested page, with the input of a form that was interrupted."""
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        user = _authenticated(form)
        if user:
            _begin_session(user)
            path = safe_path(form.next.data)
            return show_kept(path, form.kept.data) if form.kept.data else redirect(path)
    return render_template("accounts/accounts/sign_in.html", form=form), form.http_status


def _authenticated(form: SignInForm) -> User | None:
    """Return the account with this address and password. An unknown address takes just as long to reject."""
    address = str(form.email.data)
    if rate_limits.too_often(rate_limits.SIGN_IN, "sign-in") or rate_limits.too_often_by_anyone(
        rate_limits.PER_ACCOUNT, "account", address
    ):
        form.form_errors.append(gettext("Too many attempts. Wait a few minutes and try again."))
        return None
    user = account_queries.by_email(address)
    password_hash = user.password_hash if user and user.is_active else None
    db.session.rollback()  # do not hold a database connection while a password is being hashed
    if user and password_matches(password_hash, str(form.password.data)):
        return user
    if not user:
        password_matches(None, str(form.password.data))
    form.form_errors.append(gettext("The email address or password is incorrect."))
    return None


def _begin_session(user: User) -> None:
    session.clear()
    g.pop("csrf_token", None)  # the token belongs to the previous session; the next page needs one of the new session
    session.permanent = True
    login_user(user)
    refresh()


@bp.post("/sign-out")
@requires(Access.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End the session."""
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"))


@bp.route("/account", methods=["GET", "POST"])
@requires(Access.SIGNED_IN)
def profile() -> ResponseReturnValue:
    """Edit the user's own name, address and preferences."""
    user = reader()
    form = OwnProfileForm(obj=user)

    def page() -> str:
        grants = account_queries.get(user.id).grants
        return render_template("accounts/accounts/profile.html", form=form, grants=grants, names=scope_names())

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
        user = account_queries.by_email(str(form.email.data))
        if user and user.is_active:
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
    """Choose a password with an emailed link, which works once and expires after a week."""
    form = PasswordForm()
    return submit(
        form,
        ACTS,
        write=lambda: accounts.set_password(user, str(form.password.data)),
        then=url_for("accounts.sign_in"),
        otherwise=lambda: render_template("accounts/accounts/password.html", form=form, user=user),
        done=gettext("Your password has been set. Sign in with it."),
    )


@bp.route("/first-admin/<token>", methods=["GET", "POST"])
@requires(Access.PUBLIC)
def first_admin(token: str) -> ResponseReturnValue:
    """Create the first account at the address printed at start; it works for a day and while there is no account."""
    genuine = tokens.is_first_admin_link(current_app.config["SECRET_KEY"], token)
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
    _begin_session(user)
    return user


@bp.route("/account/password", methods=["POST"])
@requires(Access.SIGNED_IN)
def ask_for_password_link() -> ResponseReturnValue:
    """Email the user a link to choose a new password."""
    user = reader()
    return press(
        lambda: accounts.invite(user), then=url_for("accounts.profile"), done=gettext("The email has been queued.")
    )
