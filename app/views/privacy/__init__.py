"""Pages about the privacy of people."""

from app.text import N_
from app.views.privacy import suppressions
from app.web.navigation import Place, Section

BLUEPRINTS = (suppressions.bp,)
SECTIONS = (
    Section(
        Place.ADMINISTRATION,
        "suppressions.index",
        N_("Addresses never written to"),
        40,
        holds=("suppressions.index",),
    ),
)
