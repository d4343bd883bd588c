"""Pages of follow-up actions."""

from app.text import N_
from app.views.actions import follow_ups, search, today
from app.web.navigation import Place, Section

BLUEPRINTS = (follow_ups.bp, search.bp, today.bp)
SECTIONS = (
    Section(Place.TODAY, "today.index", N_("Today"), 10, holds=("today", "search")),
    Section(
        Place.CONGRESSES, "follow_ups.index", N_("Actions"), 50, holds=("follow_ups", "congress_downloads.actions")
    ),
)
