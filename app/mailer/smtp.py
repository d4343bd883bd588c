"""SMTP, with one connection per email."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from app.mailer.outcome import Refused, Unreachable
from app.setting_checks import TLS_OPTIONAL, is_this_machine
from app.text import N_

NOT_ASCII = N_("The mail server accepts only plain ASCII letters before the @ (it does not support SMTPUTF8).")
NOT_ENCRYPTED = (
    "the server offers no encryption (STARTTLS), so nothing was sent; MAIL_URL can allow it with ?tls=optional"
)
TIMEOUT = 20
"""Seconds for each step of the protocol."""


def send(message: EmailMessage, mail_url: str) -> None:
    """Send an email to the server at `smtp://user:password@host:port`, perhaps with `?tls=optional`, or `smtps://…`.

    Only a 5xx about this recipient or this email is final; 4xx is not, at any stage, nor are problems with the account
    or the connection, which would otherwise lose every email sent in that hour.
    """
    server = urlsplit(mail_url)
    try:
        with _connect(server) as connection:
            _secure(connection, server)
            _check_recipient(connection, message)
            connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        _fail(code, text, error)
    except smtplib.SMTPDataError as error:
        _fail(error.smtp_code, error.smtp_error, error)
    except smtplib.SMTPResponseException as error:
        raise Unreachable(_words(error.smtp_code, error.smtp_error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(f"{type(error).__name__}: {error}"[:200]) from error


def _connect(server: SplitResult) -> smtplib.SMTP:
    host = server.hostname or "localhost"
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, server.port or 465, timeout=TIMEOUT, context=ssl.create_default_context())
    return smtplib.SMTP(host, server.port or 25, timeout=TIMEOUT)


def _secure(connection: smtplib.SMTP, server: SplitResult) -> None:
    """Start TLS, which a remote server has to offer unless the address says `?tls=optional`; log in only with TLS.

    Somebody between the two can remove the offer, and would read every email: names, links that sign in, and passwords.
    """
    connection.ehlo()
    encrypted, remote = server.scheme == "smtps", not is_this_machine(server.hostname)
    if not encrypted and connection.has_extn("starttls"):
        connection.starttls(context=ssl.create_default_context())
        connection.ehlo()
        encrypted = True
    if remote and not encrypted:
        if server.query != TLS_OPTIONAL:
            raise smtplib.SMTPException(NOT_ENCRYPTED)
        if server.username:
            raise smtplib.SMTPException("the server offers no encryption (STARTTLS); the password was not sent")
    if server.username:
        connection.login(unquote(server.username), unquote(server.password or ""))


def _check_recipient(connection: smtplib.SMTP, message: EmailMessage) -> None:
    """Refuse an address that this server cannot accept, which no later attempt would change."""
    if not str(message["To"]).isascii() and not connection.has_extn("smtputf8"):
        raise Refused(NOT_ASCII)


def _fail(code: int, text: bytes | str, error: Exception) -> None:
    if 500 <= code < 600:
        raise Refused(_words(code, text)) from error
    raise Unreachable(_words(code, text)) from error


def _words(code: int, text: bytes | str) -> str:
    shown = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(shown.split())}"[:200]
