"""Emails: those that are waiting, and those in the application's own mailbox."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from flask import Blueprint, current_app, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.mail import attempts
from app.forms.listing import ListForm
from app.mail_settings import relay_urls
from app.models.mail.deliveries import MailboxLetter
from app.policy import Permission
from app.queries.lookup import one
from app.queries.mail import deliveries as delivery_queries
from app.queries.mail import relays as relay_queries
from app.views.mail import hidden_links
from app.web.access import requires
from app.web.current_user import reader
from app.web.listing import page_number
from app.web.looks import looked_at
from app.web.submit import press

bp = Blueprint("mail", __name__)

_TECHNICAL = ("Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post")


@bp.get("/deliveries")
@requires(Permission.DELIVERY_VIEW)
def waiting() -> ResponseReturnValue:
    """Show the state of the mail: what is waiting, what has failed, and why."""
    shows = [
        (delivery_queries.Show.UNSENT.value, gettext("not sent yet")),
        (delivery_queries.Show.STUCK.value, gettext("failed, waiting to be retried")),
        (delivery_queries.Show.FAILED.value, gettext("could not be delivered")),
        (delivery_queries.Show.SENT.value, gettext("sent")),
    ]
    form = ListForm(gettext("Recipient"), shows)
    page = delivery_queries.find(form.typed, form.shown, page_number())
    looked_at("subscriptions", [one.subscription_id for one in page.rows if one.subscription_id], "email")
    looked_at("sign_ups", [one.sign_up_id for one in page.rows if one.sign_up_id], "email")
    relays = len(relay_urls(current_app.config["SETTINGS"].mail_url))
    state = delivery_queries.state(max(1, relays))
    troubles = relay_queries.in_trouble() if relays > 1 else []
    return render_template(
        "mail/mail/waiting.html", state=state, troubles=troubles, relays=relays, page=page, form=form
    )


@bp.post("/deliveries/<int:delivery_id>/retry")
@requires(Permission.DELIVERY_VIEW)
def retry(delivery_id: int) -> ResponseReturnValue:
    """Retry an email now."""
    return press(lambda: attempts.retry(delivery_id), then=url_for("mail.waiting"), done=gettext("Trying again now."))


@bp.get("/mailbox")
@requires(Permission.MAILBOX_VIEW)
def mailbox() -> ResponseReturnValue:
    """Show the emails that were delivered to the local mailbox because no mail server is configured."""
    embedded = current_app.config["SETTINGS"].mail_url.startswith("mailbox:")
    form = ListForm(gettext("Subject or recipient"))
    page = delivery_queries.find_in_mailbox(form.typed, page_number())
    return render_template("mail/mail/mailbox.html", page=page, form=form, embedded=embedded)


@bp.get("/mailbox/<int:letter_id>")
@requires(Permission.MAILBOX_VIEW)
def letter(letter_id: int) -> ResponseReturnValue:
    """Show one email as text, with its headers."""
    stored = one(MailboxLetter, MailboxLetter.id == letter_id)
    message = _message(stored)
    text = _readable(stored, _body(message, "plain"))
    headers = {name: _readable(stored, message[name]) for name in _TECHNICAL if message[name]}
    return render_template("mail/mail/letter.html", letter=stored, message=message, text=text, headers=headers)


@bp.get("/mailbox/<int:letter_id>/html")
@requires(Permission.MAILBOX_VIEW)
def letter_html(letter_id: int) -> ResponseReturnValue:
    """Return the HTML part alone, for the frame that shows it."""
    stored = one(MailboxLetter, MailboxLetter.id == letter_id)
    response = make_response(_readable(stored, _body(_message(stored), "html")))
    response.headers["Content-Security-Policy"] = current_app.config["LETTER_POLICY"]
    return response


def _readable(stored: MailboxLetter, text: str) -> str:
    return hidden_links.readable(text, stored.recipient, reader())


def _message(stored: MailboxLetter) -> EmailMessage:
    message = message_from_bytes(stored.content, policy=default)
    if not isinstance(message, EmailMessage):
        raise TypeError(type(message))
    return message


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""
