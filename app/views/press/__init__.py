"""Pages of articles and of how they are imported."""

from app.text import N_
from app.views.press import articles, feeds, intakes, mentions, notes, versions
from app.web.navigation import Place, Section

BLUEPRINTS = (articles.bp, feeds.bp, intakes.bp, mentions.bp, notes.bp, versions.bp)
SECTIONS = (
    Section(Place.ARTICLES, "articles.index", N_("Articles"), 10, holds=("articles", "mentions", "notes", "versions")),
    Section(Place.ARTICLES, "intakes.index", N_("Incoming articles"), 20, holds=("intakes",)),
    Section(Place.ARTICLES, "feeds.index", N_("Feeds"), 30, holds=("feeds",)),
)
REMOVED = (feeds.removed,)
