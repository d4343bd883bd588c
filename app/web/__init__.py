"""What all pages share: access control, form submission, redirects, errors, response headers, and template helpers."""
