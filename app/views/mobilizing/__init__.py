"""Pages of brigades, days of action, mobilizations and sign-ups."""

from app.text import N_
from app.views.mobilizing import (
    brigade_members,
    brigade_roles,
    brigades,
    days_of_action,
    endorsements,
    mobilization_changes,
    mobilizations,
    my_shifts,
    public_days,
    public_mobilizations,
    shift_places,
    shifts,
    sign_up_links,
    sign_ups,
)
from app.web.navigation import Place, Section

BLUEPRINTS = (
    brigades.bp,
    brigade_members.bp,
    brigade_roles.bp,
    days_of_action.bp,
    endorsements.bp,
    mobilizations.bp,
    public_days.bp,
    public_mobilizations.bp,
    mobilization_changes.bp,
    my_shifts.bp,
    shift_places.bp,
    shifts.bp,
    sign_up_links.bp,
    sign_ups.bp,
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
        holds=("brigades", "brigade_members", "brigade_roles", "shifts", "shift_places"),
    ),
    Section(Place.CAMPAIGNS, "sign_ups.index", N_("Sign-ups"), 70, holds=("sign_ups",)),
)
REMOVED = (brigades.removed, days_of_action.removed, mobilizations.removed)
