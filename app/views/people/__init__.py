"""Pages of people and organizations."""

from app.text import N_
from app.views.people import organizations, people
from app.web.navigation import Place, Section

BLUEPRINTS = (organizations.bp, people.bp)
SECTIONS = (
    Section(Place.PEOPLE, "people.index", N_("People"), 10, holds=("people",)),
    Section(Place.ORGANIZATIONS, "organizations.index", N_("Organizations"), 10, holds=("organizations",)),
)
