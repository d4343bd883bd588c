"""Which links of a stored email its reader may see: those that would act for somebody else are hidden.

An admin who reads the mailbox is not its recipients. Links that need no signing in, such as personal links and those to
choose a password, are shown to the recipient alone. There are two exceptions: whoever invited somebody may pass the
invitation on until it is used, because without a mail server nobody else can; and addresses under the names that are
reserved for examples (RFC 2606) belong to nobody, as in the demo.
"""

import re
from urllib.parse import unquote, urlsplit

from flask import current_app
from flask_babel import gettext
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app import tokens
from app.models.accounts.accounts import User

_ADDRESS = re.compile(r"https?://[^\s\"'<>()]+")
_RESERVED = re.compile(r"@(.+\.)?(example|test|invalid|localhost|example\.(com|net|org))$")


def readable(text: str, recipient: str, reader: User) -> str:
    """Return a part of an email as its reader may see it, with a sentence instead of each hidden link."""
    if recipient == reader.email or _RESERVED.search(recipient):
        return text
    hidden = gettext("[link for the recipient only]")
    return _ADDRESS.sub(lambda found: hidden if _is_hidden(found[0], reader) else found[0], text)


def _is_hidden(address: str, reader: User) -> bool:
    """Whether an address acts for whoever got it."""
    try:
        endpoint, arguments = current_app.url_map.bind("").match(unquote(urlsplit(address).path), method="GET")
    except (HTTPException, RequestRedirect):
        return False
    link = getattr(current_app.view_functions[endpoint], "link", None)
    return link is not None and not (link.purpose == "password" and _is_own_invitation(arguments["token"], reader))


def _is_own_invitation(token: str, reader: User) -> bool:
    invited = tokens.read_password_link(current_app.config["SECRET_KEY"], token)
    return invited is not None and invited.password_hash is None and invited.invited_by_id == reader.id
