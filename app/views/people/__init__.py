"""Pages of people and organizations."""

from app.text import N_
from app.views.people import organizations, participations, people
from app.web.navigation import Place, Section

BLUEPRINTS = (organizations.bp, participations.bp, people.bp)
SECTIONS = (
    Section(Place.PEOPLE, "people.index", N_("People"), 10, holds=("people", "participations")),
    Section(Place.ORGANIZATIONS, "organizations.index", N_("Organizations"), 10, holds=("organizations",)),
)
