"""The second step of signing in: a code or a passkey."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain_errors import DomainError
from app.extensions import db
from app.forms.accounts.factors import CodeStepForm
from app.models.accounts.accounts import User
from app.web import passkeys, second_step
from app.web.access import Access, requires
from app.web.cookieless import add_message

bp = Blueprint("codes", __name__)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@requires(Access.PUBLIC)
def ask() -> ResponseReturnValue:
    """Sign in with a code or a passkey, after the password; without the password, begin from the start."""
    form = CodeStepForm()
    user = second_step.passed_first(str(form.proof.data or ""))
    if user is None:
        if form.is_submitted():
            add_message(gettext("Too much time has passed. Sign in again."))
        return redirect(url_for("accounts.sign_in", next=form.next.data or None))
    if form.validate_on_submit() and _is_right(form, user):
        return second_step.enter(user, str(form.next.data or ""), str(form.kept.data or ""))
    return second_step.page(user, form), form.http_status


def _is_right(form: CodeStepForm, user: User) -> bool:
    return _is_right_passkey(form, user) if form.answer else _is_right_code(form, user)


def _is_right_passkey(form: CodeStepForm, user: User) -> bool:
    try:
        passkeys.use(passkeys.Purpose.STEP, user, form.answer)
    except DomainError as error:
        db.session.rollback()
        form.add_error(error)
        return False
    return True


def _is_right_code(form: CodeStepForm, user: User) -> bool:
    fault = second_step.fault_of_code(user, str(form.code.data))
    form.form_errors += [fault] if fault else []
    return not fault
