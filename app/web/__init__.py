"""What serves all pages: access, submitting, redirects, errors, headers, and what templates know."""
