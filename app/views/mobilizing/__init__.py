"""Pages of brigades."""

from app.text import N_
from app.views.mobilizing import brigade_members, brigade_roles, brigades
from app.web.navigation import Place, Section

BLUEPRINTS = (brigades.bp, brigade_members.bp, brigade_roles.bp)
SECTIONS = (
    Section(
        Place.CAMPAIGNS,
        "brigades.index",
        N_("Brigades"),
        60,
        holds=("brigades", "brigade_members", "brigade_roles"),
    ),
)
REMOVED = (brigades.removed,)
