"""Pages of imports."""

from app.views.imports import imports, stages

BLUEPRINTS = (imports.bp, stages.bp)
SECTIONS = ()
