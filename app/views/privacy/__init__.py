"""Pages about the privacy of people."""

from app.text import N_
from app.views.privacy import retention, suppressions
from app.web.navigation import Place, Section

BLUEPRINTS = (retention.bp, suppressions.bp)
SECTIONS = (
    Section(Place.ACCOUNT, "retention.index", N_("How long data is kept"), 95, holds=("retention",)),
    Section(
        Place.ADMINISTRATION,
        "suppressions.index",
        N_("Addresses never written to"),
        40,
        holds=("suppressions.index",),
    ),
)
