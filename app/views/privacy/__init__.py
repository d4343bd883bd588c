"""Pages about how long data is kept."""

from app.text import N_
from app.views.privacy import retention
from app.web.navigation import Place, Section

BLUEPRINTS = (retention.bp,)
SECTIONS = (Section(Place.ACCOUNT, "retention.index", N_("How long data is kept"), 95, holds=("retention",)),)
