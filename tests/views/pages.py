"""Reading pages in tests."""

import html


def text(response):
    """Return the markup of a page with its character references resolved."""
    return html.unescape(response.get_data(as_text=True))
