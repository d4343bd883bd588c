"""Where places lie and what flights pass over: an engine that knows no tables and no pages."""
