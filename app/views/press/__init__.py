"""Pages of articles and how they come in."""

from app.views.press import articles, feeds, intakes, notes, versions

BLUEPRINTS = (articles.bp, feeds.bp, intakes.bp, notes.bp, versions.bp)
