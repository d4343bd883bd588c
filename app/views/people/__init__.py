"""Pages of people and organizations."""

from app.text import N_
from app.views.people import (
    affiliations,
    contact_details,
    duplicates,
    interactions,
    memberships,
    organizations,
    other_names,
    participations,
    people,
    removals,
    taggings,
    tags,
)
from app.web.navigation import Place, Section

BLUEPRINTS = (
    affiliations.bp,
    contact_details.bp,
    duplicates.bp,
    interactions.bp,
    memberships.bp,
    organizations.bp,
    other_names.bp,
    participations.bp,
    people.bp,
    taggings.of_organizations,
    taggings.of_people,
    tags.bp,
)
REMOVED = (removals.removed,)
SECTIONS = (
    Section(
        Place.PEOPLE,
        "people.index",
        N_("People"),
        10,
        holds=(
            "people",
            "contact_details",
            "interactions",
            "memberships",
            "other_names",
            "participations",
            "person_tags",
        ),
    ),
    Section(Place.PEOPLE, "tags.index", N_("Tags"), 20, holds=("tags",)),
    Section(Place.PEOPLE, "duplicates.people", N_("Possible duplicates"), 90),
    Section(Place.ORGANIZATIONS, "duplicates.organizations", N_("Possible duplicates"), 90),
    Section(
        Place.ORGANIZATIONS,
        "organizations.index",
        N_("Organizations"),
        10,
        holds=("organizations", "affiliations", "interactions.of_organization", "organization_tags"),
    ),
)
