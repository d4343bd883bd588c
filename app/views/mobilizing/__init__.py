"""Pages of brigades."""

from app.text import N_
from app.views.mobilizing import brigade_members, brigade_roles, brigades, my_shifts, shift_places, shifts
from app.web.navigation import Place, Section

BLUEPRINTS = (brigades.bp, brigade_members.bp, brigade_roles.bp, shifts.bp, shift_places.bp, my_shifts.bp)
SECTIONS = (
    Section(
        Place.CAMPAIGNS,
        "brigades.index",
        N_("Brigades"),
        60,
        holds=("brigades", "brigade_members", "brigade_roles", "shifts", "shift_places"),
    ),
)
REMOVED = (brigades.removed,)
