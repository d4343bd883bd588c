"""Pages of imports."""

from app.text import N_
from app.views.imports import imports, stages
from app.web.navigation import Place, Section

BLUEPRINTS = (imports.bp, stages.bp)
SECTIONS = (Section(Place.PEOPLE, "imports.index", N_("Imports"), 95, holds=("imports", "stages")),)
