"""Pictures as SVG, drawn on the server: an engine that knows no tables and no pages."""
