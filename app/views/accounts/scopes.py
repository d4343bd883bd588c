"""What the scopes of grants are called."""

from flask_babel import gettext

from app.queries.campaigns import campaigns
from app.queries.congress import congresses


def scope_names() -> dict[tuple[int | None, int | None], str]:
    """Return the names of everything, of each congress and of each campaign that the reader works on, by their ids."""
    named: dict[tuple[int | None, int | None], str] = {(None, None): gettext("everything")}
    named |= {(one.id, None): one.title for one in congresses.listing()}
    return named | {(None, one.id): one.title for one in campaigns.listing()}
