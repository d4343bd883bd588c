"""A walk over many pages in search of a word that only removed records contain."""

from flask import current_app

from app.web.access import Access, required_by

SEARCHED = ("follow_up_lists.of_congress", "people.index", "delegations.index")
"""Lists that are also asked for the word itself."""


def pages_with(word, house, browser, known, *, least):
    """Return the endpoints whose pages contain a word, out of all whose arguments are among `known` values.

    `least` is the number of pages of which more have to answer.
    """
    with house.open():
        adapter = current_app.url_map.bind("encuentro.test")
        endpoints = [
            rule.endpoint
            for rule in current_app.url_map.iter_rules()
            if rule.endpoint != "static" and "GET" in rule.methods and rule.arguments <= known.keys()
            and required_by(rule.endpoint) is not Access.LINK
        ]  # fmt: skip
        paths = {
            one: adapter.build(one, {name: known[name] for name in next(current_app.url_map.iter_rules(one)).arguments})
            for one in endpoints
        }
    paths |= {f"{one}?q": f"{paths[one]}?q={word.lower()}" for one in SEARCHED if one in paths}
    asked = {one: browser.get(path, headers={"Accept-Language": "en"}) for one, path in paths.items()}
    said = {
        one: answer.get_data().decode(errors="replace") for one, answer in asked.items()
    }  # what is typed is shown as typed
    assert len([one for one in asked.values() if one.status_code == 200]) > least
    return {one for one, page in said.items() if word in page} - {"log.lines"}  # what was done stays there
