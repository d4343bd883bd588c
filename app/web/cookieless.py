"""Pages that need neither cookies nor a session: those that a link in a letter opens, and those open to the public.

What a signed link authorizes, it authorizes alone. The token against forged forms is made from the link, the chosen
language travels in the address, and so does what is said on the next page. Nobody is sent to sign in, and what was
typed comes back with a button that sends it again.
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
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.config import catalog_of
from app.dialects import read_only
from app.extensions import csrf, db
from app.queries.lookup import Missing
from app.web.access import Access, requires
from app.web.templating import page_locales

Holder = TypeVar("Holder")
Arguments = ParamSpec("Arguments")
View = Callable[..., ResponseReturnValue]

FORM_SECONDS = 30 * 24 * 3600
"""How long a form may lie open: who has no signal for days must still be able to say that help is needed."""
MESSAGE_SECONDS = 600
_NOT_KEPT = ("csrf_token", "password")


class LinkOver(Exception):
    """A link that opens nothing any more; `languages` are those of the one to whom it was sent, the dearest first."""

    def __init__(self, languages: Sequence[str] = ()) -> None:
        super().__init__()
        self.languages = languages


@dataclass(frozen=True)
class SignedLink(Generic[Holder]):
    """A kind of link in letters, and what it opens."""

    purpose: str
    read: Callable[[str], Holder]
    """Returns what the token stands for and enters its scope; raises LinkOver."""
    languages: Callable[[Holder], Sequence[str]]
    """The languages of the one to whom it was sent, the dearest first."""
    home: str
    """The endpoint to which the letter leads."""
    over: str
    """The template that says what to do where the link opens nothing."""
    over_status: int = 404

    def opens(self, view: Callable[Concatenate[Holder, Arguments], ResponseReturnValue]) -> View:
        """Return a view under `<token>` that is handed what the link stands for."""
        return self._opening(view, one_click=False)

    def opens_at_one_click(self, view: Callable[Concatenate[Holder, Arguments], ResponseReturnValue]) -> View:
        """Return a view as `opens` does, whose form needs no token: mail programs send it unseen (RFC 8058)."""
        return self._opening(view, one_click=True)

    def _opening(self, view: Callable[Concatenate[Holder, Arguments], ResponseReturnValue], *, one_click: bool) -> View:
        @wraps(view)
        def opened(token: str, *args: Arguments.args, **kwargs: Arguments.kwargs) -> ResponseReturnValue:
            g.link_token, g.link_home = token, self.home
            return _answer(f"{self.purpose}:{token}", lambda: self._open(token, view, args, kwargs), one_click)

        opened.home = self.home  # type: ignore[attr-defined]
        return _declared(opened, Access.LINK)

    def _open(self, token: str, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]) -> ResponseReturnValue:
        try:
            holder = self.read(token)
        except (LinkOver, Missing) as error:
            _set_language(getattr(error, "languages", ()))
            return render_template(self.over), self.over_status
        _set_language(self.languages(holder))
        return _unless_forged(lambda: view(holder, *args, **kwargs))


def public_page(view: View) -> View:
    """Return a view for everybody whose form acts for nobody: it needs no session to be trusted."""

    @wraps(view)
    def shown(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        _set_language(())
        return _answer(f"public:{request.path}", lambda: _unless_forged(lambda: view(*args, **kwargs)))

    return _declared(shown, Access.PUBLIC)


def add_message(message: str, *, undo: str = "") -> None:
    """Say something on the page that comes next, with a button to undo it where there is an address for that.

    Where the message is empty, nothing is said.
    """
    if not message:
        return
    if cookieless():
        g.setdefault("messages", []).append(message)
    else:
        flash(message, undo)


def messages() -> list[tuple[str, str]]:
    """Return what is to be said on this page, each with the address that undoes it, or with nothing.

    It comes from what the address carries, and from the session where there is one.
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
    """Say whether this page works without cookies and without a session."""
    return bool(g.get("cookieless"))


def first_page() -> str:
    """Return the page to go back to where nothing else is known: the one that the link leads to, else the first."""
    return _way_back() or (request.path if cookieless() else url_for("today.index"))


def in_language(locale: str) -> str:
    """Return the address of this page in another language; of the link's first page where a form led here."""
    known = request_ctx.url_adapter
    path = request.path if known and known.test(request.path, method="GET") else first_page().partition("?")[0]
    kept = [pair for pair in request.args.items(multi=True) if pair[0] not in ("locale", "messages")]
    return f"{path}?{urlencode([*kept, ('locale', locale)])}"


def send_again(code: int) -> ResponseReturnValue:
    """Show what was typed with a button that sends it once more, without asking the database for anything.

    `code` is 400 for a form that was not ours or too old, 503 where the database is busy, 500 for a fault of ours.
    """
    if request.method != "POST":
        return render_template("errors/error.html", code=code), code
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in _NOT_KEPT]
    return render_template("errors/send_again.html", code=code, path=request.full_path.rstrip("?"), fields=fields), code


def without_endpoint() -> None:
    """Prepare the error page of an address that leads nowhere: whoever followed a link to it may accept no cookies.

    Where it takes a form alone, because somebody has opened the address of one, the page offers the way back.
    """
    g.cookieless = True
    _set_language(())
    try:
        endpoint, arguments = request_ctx.url_adapter.match(method="POST")  # type: ignore[union-attr]
    except HTTPException:
        return
    home = getattr(current_app.view_functions[endpoint], "home", None)
    if home:
        g.link_home, g.link_token = home, arguments["token"]


def register(app: Flask) -> None:
    """Let addresses between these pages carry the link's token and the language that was chosen."""
    app.url_defaults(_carry)
    app.jinja_env.globals.update(cookieless=cookieless, messages=messages, in_language=in_language, way_back=_way_back)


def _way_back() -> str | None:
    """Return the page that the link leads to, or None where none was followed."""
    return url_for(g.link_home, token=g.link_token) if "link_home" in g else None


def _declared(view: View, access: Access) -> View:
    view.cookieless = True  # type: ignore[attr-defined]
    csrf.exempt(view)  # its token comes from a session; ours is asked for in `_unless_forged`
    return requires(access)(view)


def _answer(bound_to: str, answer: Callable[[], ResponseReturnValue], one_click: bool = False) -> ResponseReturnValue:
    """Answer with everything that would stand in a session made from `bound_to`."""
    g.cookieless, g.bound_to = True, hashlib.sha256(bound_to.encode()).hexdigest()
    g.csrf_token = _signer("form").dumps(g.bound_to)  # where Flask-WTF looks before it asks the session
    g.csrf_valid = one_click or request.method != "POST" or _is_ours(request.form.get("csrf_token", ""))
    try:
        return _carrying(make_response(answer()))
    except OperationalError:
        current_app.logger.exception("the database did not answer")
        db.session.rollback()
        read_only(db.session)
        return send_again(503)


def _unless_forged(answer: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    if current_app.config["WTF_CSRF_ENABLED"] and not g.csrf_valid:
        return send_again(400)
    return answer()


def _is_ours(token: str) -> bool:
    try:
        return bool(_signer("form").loads(token, max_age=FORM_SECONDS) == g.bound_to)
    except BadSignature:
        return False


def _set_language(languages: Sequence[str]) -> None:
    """Set the language of the page: the one chosen in its address, else the dearest of the reader's that pages speak."""
    offered, chosen = page_locales(), request.args.get("locale")
    known = [language for language in languages if language]
    if chosen in offered:
        g.page_locale = chosen
    elif known:
        g.page_locale = catalog_of(known, offered)
    refresh()


def _carrying(response: Response) -> Response:
    """Let the address of the next page carry what is to be said there."""
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
