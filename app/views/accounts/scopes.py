"""The names of the scopes of grants."""

from flask_babel import gettext

from app.queries.campaigns import campaigns
from app.queries.congress import congresses


def scope_names() -> dict[tuple[int | None, int | None], str]:
    """Return the names of the whole application and of each congress and campaign that the user works on, by their ids."""
    named: dict[tuple[int | None, int | None], str] = {(None, None): gettext("everything")}
    named |= {(one.id, None): one.title for one in congresses.listing()}
    return named | {(None, one.id): one.title for one in campaigns.listing()}
