"""Pages as tests read them."""

import html


def text(response):
    """Return the markup of a page with its references resolved."""
    return html.unescape(response.get_data(as_text=True))
