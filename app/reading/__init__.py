"""Reading articles: an engine that knows no tables and no pages."""
