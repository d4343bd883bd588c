"""Pages of follow-up actions."""

from app.text import N_
from app.views.actions import (
    action_links,
    attachments,
    brigade_actions,
    follow_up_lists,
    follow_ups,
    new_follow_ups,
    parts,
    quick_entry,
    repeating,
    saved_filters,
    search,
    selected_actions,
    shared_actions,
    template_uses,
    templates,
    today,
)
from app.web.navigation import Place, Section

BLUEPRINTS = (
    action_links.bp,
    attachments.bp,
    brigade_actions.bp,
    follow_up_lists.bp,
    follow_ups.bp,
    new_follow_ups.bp,
    parts.bp,
    quick_entry.bp,
    repeating.bp,
    saved_filters.bp,
    search.bp,
    selected_actions.bp,
    shared_actions.bp,
    template_uses.bp,
    templates.bp,
    today.bp,
)
SECTIONS = (
    Section(Place.TODAY, "today.index", N_("Today"), 10, holds=("today", "search")),
    Section(
        Place.TODAY,
        "follow_up_lists.index",
        N_("Actions"),
        20,
        holds=(
            "follow_ups",
            "new_follow_ups",
            "quick_entry",
            "action_parts",
            "attachments",
            "brigade_actions",
            "repeating",
            "saved_filters",
            "selected_actions",
            "follow_up_lists.download_index",
        ),
    ),
    Section(Place.TODAY, "templates.index", N_("Templates"), 30, holds=("templates", "template_uses")),
    Section(
        Place.CONGRESSES,
        "follow_up_lists.of_congress",
        N_("Actions"),
        50,
        holds=("follow_up_lists.download_of_congress", "follow_ups.moved"),
    ),
    Section(
        Place.CAMPAIGNS,
        "follow_up_lists.of_campaign",
        N_("Actions"),
        46,
        holds=("follow_up_lists.download_of_campaign",),
    ),
)
