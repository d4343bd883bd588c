"""Pages that work without cookies and without a session: those opened by emailed links, and public ones.

A signed link is sufficient authorization. The CSRF token is derived from the link; the chosen language and messages for
the next page are passed in the query string. Nobody is sent to the sign-in page. After an error, the page offers a
button that sends the same input again.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast
from urllib.parse import urlencode

from flask import Flask, current_app, flash, g, get_flashed_messages, make_response, render_template, request, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_babel import refresh
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.config import catalog_of
from app.extensions import csrf
from app.forms.accounts.accounts import CONFIRMING_FIELDS
from app.queries.lookup import Missing
from app.web.access import Access, requires
from app.web.rate_limits import note_seldom
from app.web.templating import page_locales

Holder = TypeVar("Holder")
Arguments = ParamSpec("Arguments")
View = Callable[..., ResponseReturnValue]

FORM_SECONDS = 30 * 24 * 3600
"""How long a form stays valid: a delegate who has been offline for days must still be able to ask for help."""
MESSAGE_SECONDS = 600
_NOT_KEPT = ("csrf_token", "password", *CONFIRMING_FIELDS)


class LinkOver(Exception):
    """A link that is no longer valid. `languages` are those of its recipient, most preferred first.

    `is_past` says that what it was for is over, so that a new link would not help. `again` is the address of a page that
    emails a new one, if there is one.
    """

    def __init__(self, languages: Sequence[str] = (), *, is_past: bool = False, again: str = "") -> None:
        super().__init__()
        self.languages, self.is_past, self.again = languages, is_past, again


@dataclass(frozen=True)
class SignedLink(Generic[Holder]):
    """A kind of emailed link, and what it opens."""

    purpose: str
    read: Callable[[str], Holder]
    """Returns what the token refers to and enters its scope; raises LinkOver."""
    languages: Callable[[Holder], Sequence[str]]
    """The recipient's languages, most preferred first."""
    home: str
    """The endpoint that the email links to."""
    over: str
    """The template for a link that is no longer valid."""
    over_status: int = 404

    def opens(self, view: Callable[Concatenate[Holder, Arguments], ResponseReturnValue]) -> View:
        """Return a view under `<token>` that receives what the link refers to."""
        return self._opening(view, one_click=False)

    def opens_at_one_click(self, view: Callable[Concatenate[Holder, Arguments], ResponseReturnValue]) -> View:
        """Like `opens`, but the form needs no CSRF token, because email programs submit it by themselves (RFC 8058)."""
        return self._opening(view, one_click=True)

    def _opening(self, view: Callable[Concatenate[Holder, Arguments], ResponseReturnValue], *, one_click: bool) -> View:
        @wraps(view)
        def opened(token: str, *args: Arguments.args, **kwargs: Arguments.kwargs) -> ResponseReturnValue:
            g.link_token, g.link_home = token, self.home
            return _answer(f"{self.purpose}:{token}", lambda: self._open(token, view, args, kwargs), one_click)

        opened.home, opened.link = self.home, self  # type: ignore[attr-defined]
        return _declared(opened, Access.LINK)

    def _open(self, token: str, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]) -> ResponseReturnValue:
        try:
            holder = self.read(token)
        except (LinkOver, Missing) as error:
            _set_language(getattr(error, "languages", ()))
            told = {name: getattr(error, name, None) for name in ("is_past", "again")}
            return render_template(self.over, **told), self.over_status
        _set_language(self.languages(holder))
        return _unless_forged(lambda: view(holder, *args, **kwargs))


def public_page(view: View) -> View:
    """Return a public view whose form needs no session, because it does not act on behalf of an account."""

    @wraps(view)
    def shown(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        _set_language(())
        return _answer(f"public:{request.path}", lambda: _unless_forged(lambda: view(*args, **kwargs)))

    return _declared(shown, Access.PUBLIC)


def add_message(message: str, *, undo: str = "") -> None:
    """Show a message on the next page, with a button to undo the action if `undo` is its address.

    An empty message is not shown.
    """
    if not message:
        return
    if cookieless():
        g.setdefault("messages", []).append(message)
    else:
        flash(message, undo)


def messages() -> list[tuple[str, str]]:
    """Return the messages for this page, each with the address that undoes the action, or an empty string.

    They come from the query string and, if there is one, from the session.
    """
    try:
        carried = _signer("messages").loads(request.args.get("messages", ""), max_age=MESSAGE_SECONDS)
    except BadSignature:
        carried = []
    if cookieless():
        return [(message, "") for message in (*carried, *g.get("messages", []))]
    flashed = cast("list[tuple[str, str]]", get_flashed_messages(with_categories=True))
    return [*((message, "") for message in carried), *((message, undo) for undo, message in flashed)]


def cookieless() -> bool:
    """Return whether this page works without cookies and without a session."""
    return bool(g.get("cookieless"))


def first_page() -> str:
    """Return the default page to go back to: the one that the link opens, otherwise the home page."""
    return _way_back() or (request.path if cookieless() else url_for("today.index"))


def in_language(locale: str) -> str:
    """Return the address of this page in another language; if it is the result of a form, that of the link's first page."""
    known = request_ctx.url_adapter
    path = request.path if known and known.test(request.path, method="GET") else first_page().partition("?")[0]
    kept = [pair for pair in request.args.items(multi=True) if pair[0] not in ("locale", "messages")]
    return f"{path}?{urlencode([*kept, ('locale', locale)])}"


def as_stranger() -> None:
    """Answer this request without a session, in a language that the browser asks for."""
    g.cookieless = True
    _set_language(())


def sent_fields() -> list[tuple[str, str]]:
    """Return what was typed into the form that was sent, for a page that sends it again; without passwords."""
    return [pair for pair in request.form.items(multi=True) if pair[0] not in _NOT_KEPT]


def send_again(code: int) -> ResponseReturnValue:
    """Show a button that sends the same input again, without querying the database.

    `code` is 400 if the CSRF token is invalid or expired, 503 if the database is busy, and 500 if there was an internal error.
    """
    if request.method != "POST":
        return render_template("errors/error.html", code=code), code
    shown = {"path": request.full_path.rstrip("?"), "fields": sent_fields()}
    return render_template("errors/send_again.html", code=code, **shown), code


def without_endpoint() -> None:
    """Prepare the error page for an unknown address: a visitor who followed a link may not accept cookies.

    If the address only accepts POST, because someone opened the address of a form, the page links back to the form.
    """
    as_stranger()
    try:
        endpoint, arguments = request_ctx.url_adapter.match(method="POST")  # type: ignore[union-attr]
    except HTTPException:
        return
    home = getattr(current_app.view_functions[endpoint], "home", None)
    if home:
        g.link_home, g.link_token = home, arguments["token"]


def register(app: Flask) -> None:
    """Pass the link's token and the chosen language on in the addresses of these pages."""
    app.url_defaults(_carry)
    app.jinja_env.globals.update(cookieless=cookieless, messages=messages, in_language=in_language, way_back=_way_back)


def _way_back() -> str | None:
    """Return the page that the link opens, or None if the visitor did not follow a link."""
    return url_for(g.link_home, token=g.link_token) if "link_home" in g else None


def _declared(view: View, access: Access) -> View:
    view.cookieless = True  # type: ignore[attr-defined]
    csrf.exempt(view)  # Flask-WTF checks against the session; `_unless_forged` checks our own token
    return requires(access)(view)


def _answer(bound_to: str, answer: Callable[[], ResponseReturnValue], one_click: bool = False) -> ResponseReturnValue:
    """Return the response, with what a session would otherwise hold derived from `bound_to`."""
    g.cookieless, g.bound_to = True, hashlib.sha256(bound_to.encode()).hexdigest()
    g.csrf_token = _signer("form").dumps(g.bound_to)  # where Flask-WTF looks before the session
    g.csrf_valid = one_click or request.method != "POST" or _is_ours(request.form.get("csrf_token", ""))
    return _carrying(make_response(answer()))


def _unless_forged(answer: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    if current_app.config["WTF_CSRF_ENABLED"] and not g.csrf_valid:
        note_seldom("a form had no valid token")
        return send_again(400)
    return answer()


def _is_ours(token: str) -> bool:
    try:
        return bool(_signer("form").loads(token, max_age=FORM_SECONDS) == g.bound_to)
    except BadSignature:
        return False


def _set_language(languages: Sequence[str]) -> None:
    """Set the language of the page: the one in the query string, otherwise the most preferred one that is available."""
    offered, chosen = page_locales(), request.args.get("locale")
    known = [language for language in languages if language]
    if chosen in offered:
        g.page_locale = chosen
    elif known:
        g.page_locale = catalog_of(known, offered)
    refresh()


def _carrying(response: Response) -> Response:
    """Add the messages for the next page to the address of a redirect."""
    if response.location and g.get("messages"):
        joint = "&" if "?" in response.location else "?"
        response.location += joint + urlencode({"messages": _signer("messages").dumps(g.messages)})
    return response


def _carry(endpoint: str, values: dict[str, Any]) -> None:
    if not cookieless():
        return
    if "link_token" in g and current_app.url_map.is_endpoint_expecting(endpoint, "token"):
        values.setdefault("token", g.link_token)
    chosen = request.args.get("locale")
    if chosen in page_locales() and getattr(current_app.view_functions.get(endpoint), "cookieless", False):
        values.setdefault("locale", chosen)


def _signer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"cookieless:{purpose}")
