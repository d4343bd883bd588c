"""One search over everything that the user may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.forms.listing import ListForm
from app.policy import Permission
from app.queries import search
from app.queries.finding import MOST
from app.queries.paging import Page
from app.queries.search import Kind, Results
from app.web.access import Access, may, requires, seeing
from app.web.listing import every, page_number

bp = Blueprint("search", __name__, url_prefix="/search")

_FIRST = 5
"""The results of each kind that are shown together; the others have pages of their own."""
_PAGE = 50
_NEEDED = {
    Kind.PEOPLE: Permission.PERSON_VIEW,
    Kind.ORGANIZATIONS: Permission.ORGANIZATION_VIEW,
    Kind.CONGRESSES: Permission.CONGRESS_VIEW,
    Kind.CAMPAIGNS: Permission.CAMPAIGN_VIEW,
    Kind.MOBILIZATIONS: Permission.MOBILIZATION_VIEW,
    Kind.ACTIONS: Permission.FOLLOW_UP_VIEW,
    Kind.ARTICLES: Permission.ARTICLE_VIEW,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The results of one kind, as the page shows them."""

    kind: Kind
    page: Page[Any]
    more: bool

    @property
    def rest(self) -> int:
        """The number of results that are not on the page."""
        return self.page.total - len(self.page.rows)


@bp.get("")
@requires(Access.SIGNED_IN)
def index() -> ResponseReturnValue:
    """Show the first results of each kind, or a page of those of one kind."""
    kinds = [kind for kind, permission in _NEEDED.items() if may(permission)]
    form = ListForm(gettext("Name, words, email address or phone number"), _shows(kinds))
    only = form.shown
    shown = [_shown(kind, form.typed, only=bool(only)) for kind in kinds if form.typed and only in {"", kind}]
    return render_template(
        "actions/search/index.html",
        form=form,
        found=[one for one in shown if one.page.total],
        only=only,
        most=MOST,
    )


def _shows(kinds: Iterable[Kind]) -> list[tuple[str, str]]:
    """Return what the results can be limited to."""
    return [("", gettext("everything")), *every(kinds)[1:]]


def _shown(kind: Kind, typed: str, *, only: bool) -> Shown:
    with seeing(_NEEDED[kind]):
        number, size = (page_number(), _PAGE) if only else (1, _FIRST)
        results: Results = search.find(kind, typed, number, size=size)
        return Shown(kind, results.page, results.more)
