"""Pages of brigades, days of action, and mobilizations."""

from app.text import N_
from app.views.mobilizing import (
    brigade_members,
    brigade_roles,
    brigades,
    days_of_action,
    mobilization_changes,
    mobilizations,
)
from app.web.navigation import Place, Section

BLUEPRINTS = (
    brigades.bp,
    brigade_members.bp,
    brigade_roles.bp,
    days_of_action.bp,
    mobilizations.bp,
    mobilization_changes.bp,
)
SECTIONS = (
    Section(Place.CAMPAIGNS, "days_of_action.index", N_("Days of action"), 42, holds=("days_of_action",)),
    Section(
        Place.CAMPAIGNS,
        "mobilizations.index",
        N_("Mobilizations"),
        44,
        holds=("mobilizations", "mobilization_changes"),
    ),
    Section(
        Place.CAMPAIGNS,
        "brigades.index",
        N_("Brigades"),
        60,
        holds=("brigades", "brigade_members", "brigade_roles"),
    ),
)
REMOVED = (brigades.removed, days_of_action.removed, mobilizations.removed)
