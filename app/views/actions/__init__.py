"""Pages of follow-up actions."""

from app.text import N_
from app.views.actions import follow_ups, today
from app.web.navigation import Place, Section

BLUEPRINTS = (follow_ups.bp, today.bp)
SECTIONS = (
    Section(Place.TODAY, "today.index", N_("Today"), 10, holds=("today",)),
    Section(
        Place.CONGRESSES, "follow_ups.index", N_("Actions"), 50, holds=("follow_ups", "congress_downloads.actions")
    ),
)
