"""Other users' accounts and their grants."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext, pgettext

from app.domain.accounts import accounts, approvals, sessions
from app.domain.actions import losing_access
from app.forms.accounts.accounts import GrantForm, UserForm
from app.forms.base import Button
from app.forms.listing import ListForm
from app.models.accounts.accounts import Grant, User
from app.models.accounts.approvals import ApprovalRequest
from app.policy import Permission
from app.queries.accounts import accounts as account_queries
from app.queries.accounts import dependents, factors
from app.queries.campaigns import campaigns
from app.queries.congress import congresses
from app.queries.lookup import REMOVED_FOR
from app.views.accounts.scopes import scope_names
from app.web.access import may, requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import all_of_them, page_number
from app.web.removals import Removed
from app.web.submit import ACTS, creates, press, submit

bp = Blueprint("users", __name__, url_prefix="/users")


@bp.get("")
@requires(Permission.USER_EDIT)
def index() -> ResponseReturnValue:
    """Show the accounts."""
    shows = [
        ("", all_of_them()),
        (account_queries.Show.OPEN.value, pgettext("accounts", "open")),
        (account_queries.Show.INVITED.value, gettext("invited")),
        (account_queries.Show.CLOSED.value, gettext("account closed")),
    ]
    form = ListForm(gettext("Name or email address"), shows)
    page = account_queries.find(form.typed, form.shown, page_number())
    return render_template("accounts/users/index.html", page=page, form=form, names=scope_names())


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.USER_EDIT)
@creating
def new() -> ResponseReturnValue:
    """Create an account and email an invitation to its owner."""
    form = UserForm(locale=reader().locale, timezone=reader().timezone)
    return submit(
        form,
        creates(),
        write=lambda: accounts.create_user(**form.values(), by=reader()),
        then=_location,
        otherwise=lambda: render_template("accounts/users/form.html", form=form),
        done=gettext("Invitation sent. Next: grant a role."),
    )


@bp.get("/<int:user_id>")
@requires(Permission.USER_EDIT)
def show(user_id: int) -> ResponseReturnValue:
    """Show an account and its grants."""
    return _page(account_queries.get(user_id), _form())


@bp.post("/<int:user_id>/grants")
@requires(Permission.USER_EDIT, fresh=True)
def grant(user_id: int) -> ResponseReturnValue:
    """Grant a role."""
    user, form = account_queries.get(user_id), _form()
    return submit(
        form,
        ACTS,
        write=lambda: _grant(user, form),
        then=_location(user),
        otherwise=lambda: _page(user, form),
        done=_granted,
    )


@bp.post("/<int:user_id>/grants/<int:grant_id>/revoke")
@requires(Permission.USER_EDIT, fresh=True)
def revoke(user_id: int, grant_id: int) -> ResponseReturnValue:
    """Revoke a grant, effective with the next request."""
    user, given = account_queries.get(user_id), account_queries.get_grant(user_id, grant_id)
    return press(
        lambda: losing_access.revoke(given, by=reader()),
        then=_location(user),
        done=lambda number: _with_returned(gettext("Role revoked."), number),
        undo=user.name,
    )


@bp.route("/<int:user_id>/remove", methods=["GET", "POST"])
@requires(Permission.USER_EDIT, fresh=True)
def remove(user_id: int) -> ResponseReturnValue:
    """Ask for confirmation, listing the consequences, and remove an account."""
    user, form = account_queries.get(user_id), Button()
    note = gettext(
        "It can be restored for %(days)d days. After that, its address, password and roles are permanently deleted.",
        days=REMOVED_FOR.days,
    )
    return submit(
        form,
        ACTS,
        write=lambda: losing_access.remove(user, by=reader()),
        then=url_for("users.index"),
        otherwise=lambda: render_template(
            "layouts/removal.html", form=form, name=user.name, consequences=_consequences(user), note=note,
            trail=[(user.name, _location(user))],
        ),
        done=gettext("%(name)s was removed. It can be restored for %(days)d days, under “Recently removed”.", name=user.name, days=REMOVED_FOR.days),
    )  # fmt: skip


@bp.post("/<int:user_id>/bring-back")
@requires(Permission.USER_EDIT, fresh=True)
def bring_back(user_id: int) -> ResponseReturnValue:
    """Restore a removed account with its roles."""
    user = account_queries.get_restorable(user_id)
    return press(lambda: accounts.bring_back(user), then=_location(user), done=gettext("Restored."))


def removed() -> list[Removed]:
    """Return the removed accounts that the user may restore."""
    if not may(Permission.USER_EDIT):
        return []
    return [
        Removed(f"{one.name} ({one.email})", gettext("account"), one, url_for("users.bring_back", user_id=one.id))
        for one in account_queries.removed()
    ]


def _consequences(user: User) -> list[str]:
    """Return the consequences of removing an account, as sentences."""
    counts = dependents.on(user)
    actions = ngettext(
        "%(num)d open action goes back to whoever assigned it, or else to you.",
        "%(num)d open actions go back to whoever assigned them, or else to you.",
        counts["actions"],
    )
    roles = ngettext("It loses %(num)d role.", "It loses %(num)d roles.", counts["roles"])
    drafts = ngettext(
        "%(num)d article that it has not imported yet is hidden.",
        "%(num)d articles that it has not imported yet are hidden.",
        counts["drafts"],
    )
    return [
        gettext("Its owner can no longer sign in and is signed out immediately."),
        *([roles] if counts["roles"] else []),
        *([actions] if counts["actions"] else []),
        *([drafts] if counts["drafts"] else []),
        gettext("Unsent emails to it are canceled. Its name stays in the history."),
    ]


@bp.post("/<int:user_id>/<any('invite', 'reactivate', 'sign-out'):verb>")
@requires(Permission.USER_EDIT, fresh=True)
def change(user_id: int, verb: str) -> ResponseReturnValue:
    """Resend the invitation, reopen an account, or sign its owner out on all devices."""
    user = account_queries.get(user_id)
    act, done = {
        "invite": (_invite, gettext("The email has been queued.")),
        "reactivate": (accounts.reactivate, gettext("Account reopened.")),
        "sign-out": (sessions.end_all, gettext("Its owner has been signed out on all devices.")),
    }[verb]
    return press(lambda: act(user), then=_location(user), done=done)


@bp.post("/<int:user_id>/deactivate")
@requires(Permission.USER_EDIT)
def deactivate(user_id: int) -> ResponseReturnValue:
    """Close an account."""
    user = account_queries.get(user_id)
    return press(
        lambda: losing_access.deactivate(user, by=reader()),
        then=_location(user),
        done=lambda number: _with_returned(gettext("Account closed. Its owner has been signed out."), number),
    )


def _invite(user: User) -> None:
    accounts.invite(user, by=reader())


def _with_returned(done: str, number: int) -> str:
    """Return a message that also says how many actions went back."""
    if not number:
        return done
    told = ngettext(
        "%(num)d open action went back to whoever assigned it.",
        "%(num)d open actions went back to whoever assigned them.",
        number,
    )
    return f"{done} {told}"


def _form() -> GrantForm:
    form = GrantForm()
    form.scope.offer(
        [
            *((f"congress:{one.id}", gettext("Congress: %(title)s", title=one.title)) for one in congresses.listing()),
            *((f"campaign:{one.id}", gettext("Campaign: %(title)s", title=one.title)) for one in campaigns.listing()),
            ("everything", gettext("Everything")),
        ]
    )
    return form


def _granted(given: Grant | ApprovalRequest) -> str:
    if isinstance(given, Grant):
        return str(gettext("Role granted."))
    return str(gettext("Asked. Another admin has to approve it, and has been told by email."))


def _grant(user: User, form: GrantForm) -> Grant | ApprovalRequest:
    noun, _, number = str(form.scope.data).partition(":")
    on = {f"{noun}_id": int(number)} if number else {}
    ends_at = accounts.end_of(form.until.data, reader().timezone)
    return approvals.grant_or_ask(user, role=form.role.data, by=reader(), ends_at=ends_at, **on)


def _page(user: User, form: GrantForm) -> str:
    factor = {"has_factor": factors.has_one(user.id), "reset": factors.open_reset(user.id)}
    shown = {"names": scope_names(), "history": history_of(user)}
    return render_template("accounts/users/show.html", user=user, form=form, **shown, **factor)


def _location(user: User) -> str:
    return url_for("users.show", user_id=user.id)
