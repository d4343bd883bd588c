"""Actions that were selected in a list: those that are ticked, or all that the list shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from app.domain.actions.follow_ups import Where
from app.domain.actions.several import MOST_ACTIONS
from app.models.actions.follow_ups import FollowUp
from app.policy import Permission
from app.queries.actions import follow_ups
from app.queries.campaigns import campaigns
from app.queries.congress import congresses
from app.text import N_
from app.views.actions import choices, filters
from app.views.people.selections import ALL, NAMED, TICKED, VERB, Selection, parameters, ticked
from app.web.access import may_on

OF_ACTIONS = {
    "assign": ("selected_actions.assign", N_("assign to somebody")),
    "move": ("selected_actions.move", N_("move the due date")),
    "complete": ("selected_actions.complete", N_("mark as done")),
    "drop": ("selected_actions.drop", N_("drop")),
    "prioritize": ("selected_actions.prioritize", N_("change the priority")),
}
"""What can be done with several actions: its name in addresses, its page, and its label."""


@dataclass(frozen=True, slots=True)
class SelectedActions(Selection):
    """What was selected in a list of actions."""

    rows: Sequence[FollowUp] = ()
    """Those that the user may change."""

    def first(self) -> Sequence[Any]:
        """Return the first of them, for the page."""
        return self.rows[:NAMED]


def where_in_address() -> Where:
    """Return the congress or campaign whose list the selection comes from; abort with 404 if it is out of scope."""
    congress_id, campaign_id = (request.args.get(name, type=int) for name in ("congress", "campaign"))
    if congress_id is not None:
        return Where(congress_id=congresses.get(congress_id).id)
    return Where() if campaign_id is None else Where(campaign_id=campaigns.get(campaign_id).id)


def selected_actions(permission: Permission) -> SelectedActions:
    """Return what the address selects, as far as the user has a permission where the actions belong."""
    where = where_in_address()
    if ALL in request.args:
        shown = filters.filter_of(filters.form_of(where), where)
        chosen = list(follow_ups.numbers(shown)[: MOST_ACTIONS + 1])
    else:
        chosen = ticked()
    found = follow_ups.some_by_id(chosen) if len(chosen) <= MOST_ACTIONS else ()
    allowed = {place: may_on(permission, *place) for place in {(one.congress_id, one.campaign_id) for one in found}}
    rows = [one for one in found if allowed[one.congress_id, one.campaign_id]]
    kept = parameters(TICKED, ALL, VERB, "congress", "campaign", "form")
    back = url_for(choices.list_of(where), **where, **kept)
    return SelectedActions(FollowUp, [one.id for one in rows], len(chosen), back, MOST_ACTIONS, rows=rows)
