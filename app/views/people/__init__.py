"""Pages of people and organizations."""

from app.text import N_
from app.views.people import (
    affiliations,
    consents,
    contact_details,
    custom_fields,
    downloads,
    duplicates,
    interactions,
    memberships,
    merges,
    organization_parts,
    organization_removals,
    organizations,
    other_names,
    participations,
    people,
    relations,
    removals,
    segment_conditions,
    segments,
    taggings,
    tags,
    timelines,
)
from app.web.navigation import Place, Section

BLUEPRINTS = (
    affiliations.bp,
    consents.bp,
    contact_details.bp,
    custom_fields.bp,
    downloads.bp,
    duplicates.bp,
    interactions.bp,
    memberships.bp,
    merges.bp,
    organization_parts.bp,
    organizations.bp,
    other_names.bp,
    participations.bp,
    people.bp,
    relations.bp,
    segment_conditions.bp,
    segments.bp,
    taggings.of_organizations,
    taggings.of_people,
    tags.bp,
    timelines.bp,
)
REMOVED = (removals.removed, organization_removals.removed, segments.removed)
SECTIONS = (
    Section(
        Place.PEOPLE,
        "people.index",
        N_("People"),
        10,
        holds=(
            "people",
            "consents",
            "contact_details",
            "interactions",
            "memberships",
            "merges",
            "other_names",
            "participations",
            "downloads.people",
            "person_tags",
            "relations",
            "timelines",
        ),
    ),
<<<<<<< HEAD
    Section(Place.ADMINISTRATION, "custom_fields.index", N_("Fields"), 15, holds=("custom_fields",)),
    Section(Place.PEOPLE, "segments.index", N_("Segments"), 15, holds=("segments", "segment_conditions")),
=======
    Section(Place.ADMINISTRATION, "custom_fields.index", N_("Custom fields"), 15, holds=("custom_fields",)),
>>>>>>> main
    Section(Place.PEOPLE, "tags.index", N_("Tags"), 20, holds=("tags",)),
    Section(
        Place.PEOPLE, "duplicates.people", N_("Possible duplicates"), 90, holds=("duplicates", "merges.sure_people")
    ),
    Section(
        Place.ORGANIZATIONS,
        "duplicates.organizations",
        N_("Possible duplicates"),
        90,
        holds=("duplicates.dismiss_organizations", "duplicates.restore_organizations", "merges.sure_organizations"),
    ),
    Section(
        Place.ORGANIZATIONS,
        "organizations.index",
        N_("Organizations"),
        10,
        holds=(
            "organizations",
            "affiliations",
            "organization_parts",
            "downloads.organizations",
            "interactions.of_organization",
            "merges.choose_organization",
            "merges.of_organizations",
            "organization_tags",
            "timelines.of_organization",
        ),
    ),
)
