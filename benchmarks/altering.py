"""Invented articles, and typical alterations of articles on the web; deterministic for a given seed."""

import random
from collections.abc import Callable
from typing import Any

_WHO = (
    "the dockers",
    "the seamstresses",
    "a crew of welders",
    "the school cooks",
    "the nurses",
    "three drivers",
    "the cane cutters",
    "the cleaners",
    "the miners",
    "the linemen",
    "the couriers",
    "the ferry crews",
)
_DID = (
    "voted on",
    "walked out over",
    "signed",
    "refused",
    "asked for",
    "read aloud",
    "rejected",
    "celebrated",
    "questioned",
    "put off",
    "printed",
    "brought back",
)
_WHAT = (
    "the new contract",
    "a shorter night shift",
    "the rota",
    "a list of names",
    "the pension fund",
    "an offer of the owner",
    "the safety report",
    "a common kitchen",
    "the strike fund",
    "a second engineer",
    "the old agreement",
    "the minutes",
)
_WHERE = (
    "in the harbor",
    "behind the mill",
    "at the gate",
    "in the hall of the netmakers",
    "on the bridge",
    "near the depot",
    "in the upper town",
    "by the canal",
    "at the border",
    "in the square",
    "under the silo",
    "on the ring road",
)
_WHEN = (
    "before dawn",
    "on the second day",
    "after the count",
    "at noon",
    "during the storm",
    "a week later",
    "when the whistle blew",
    "without a word",
    "for the third time",
    "late in spring",
    "in front of the press",
    "as agreed",
)
_WHY = (
    "because nobody had asked them",
    "since the wages were late",
    "so that the others could rest",
    "although the owner forbade it",
    "while the lawyers waited",
    "as their mothers had done",
    "until the light failed",
    "and nobody turned back",
)
_AD = "Get twenty percent off garden chairs this weekend only at all our stores with free delivery to your door."
_NOTICE = "This article first appeared elsewhere and is republished here with permission. The views are those of the author alone."
_FRAME = "Home News Sports Culture Weather Contact Log in Register. Most read today. Cookies help us to improve this site, read our policy."
_PLACES = {"first": 0, "second": 1, "middle": 3, "before last": 5, "last": 6}


def with_line(article: dict[str, Any], line: str, place: str) -> str:
    """Return the headline and body of an article as pasted text, with a line inserted at a place in the body."""
    body = list(article["body"])
    body.insert(_PLACES[place], line)
    return "\n\n".join([article["headline"], *body])


def invented(seed: int) -> str:
    """Return an article of 8 to 14 paragraphs; articles of two seeds share vocabulary and topics, not sentences."""
    chance = random.Random(f"article {seed}")  # noqa: S311  not for secrets
    town = "".join(
        chance.choice(part)
        for part in (
            ("Val", "Mon", "Ker", "San", "Bel", "Tor"),
            ("a", "e", "i", "o"),
            ("mar", "dun", "vela", "quil", "rosa", "nath"),
        )
    )
    paragraphs = [
        " ".join(_sentence(chance, town) for _ in range(chance.randint(2, 5))) for _ in range(chance.randint(8, 14))
    ]
    return "\n\n".join([f"{town}: {_sentence(chance, town)}", *paragraphs])


def _sentence(chance: random.Random, town: str) -> str:
    parts = [chance.choice(words) for words in (_WHO, _DID, _WHAT, _WHERE, _WHEN, _WHY)]
    if chance.random() < 0.5:
        parts.insert(
            chance.randint(1, 5),
            chance.choice((f"of {town}", f"some {chance.randint(3, 999)} in all", f"said {_name(chance)}")),
        )
    sentence = " ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _name(chance: random.Random) -> str:
    return " ".join(
        "".join(chance.choice(("Ma", "ri", "lo", "ta", "ne", "sa", "vo", "ke")) for _ in range(3)).title()
        for _ in range(2)
    )


def cut(text: str, seed: int) -> str:
    """Keep 60 % of the words, without the beginning or the end."""
    words = text.split()
    kept = round(len(words) * 0.6)
    return " ".join(words[:kept] if seed % 2 else words[-kept:])


def with_advertisements(text: str, seed: int) -> str:
    """Insert advertisements and notices between the paragraphs."""
    chance = random.Random(seed)  # noqa: S311  not for secrets
    paragraphs = text.split("\n\n")
    for line in (_AD, _NOTICE, _AD):
        paragraphs.insert(chance.randint(0, len(paragraphs)), line)
    return "\n\n".join(paragraphs)


def retitled(text: str, seed: int) -> str:
    """Replace the headline."""
    return "\n\n".join([invented(seed + 10_000).split("\n\n")[0], *text.split("\n\n")[1:]])


def mistyped(text: str, seed: int) -> str:
    """Add a typo to about every twentieth word: a doubled, missing or swapped letter."""
    chance = random.Random(seed)  # noqa: S311  not for secrets
    words = text.split(" ")
    for place, word in enumerate(words):
        if len(word) > 3 and chance.random() < 0.05:
            at = chance.randint(1, len(word) - 2)
            words[place] = chance.choice(
                (
                    word[:at] + word[at] + word[at:],
                    word[:at] + word[at + 1 :],
                    word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
                )
            )
    return " ".join(words)


def reordered(text: str, seed: int) -> str:
    """Shuffle the paragraphs."""
    paragraphs = text.split("\n\n")
    random.Random(seed).shuffle(paragraphs)  # noqa: S311  not for secrets
    return "\n\n".join(paragraphs)


def framed(text: str, seed: int) -> str:
    """Keep the text around the article on its page, and teasers of other articles."""
    others = "\n\n".join(invented(seed + 20_000 + number).split("\n\n")[1] for number in range(4))
    return f"{_FRAME}\n\n{text}\n\n{others}\n\n{_FRAME}"


ALTERATIONS: dict[str, Callable[[str, int], str]] = {
    "cut to 60 %": cut,
    "advertisements and notices": with_advertisements,
    "another headline": retitled,
    "mistyped": mistyped,
    "reordered": reordered,
    "framed": framed,
}


_EDITED = 0.15
"""The share of words that an editor changes."""
_WORDS = ("huelga", "nadie", "reported", "hier", "toujours", "ontem", "yesterday", "mismo", "people", "however")


def _edit(text: str, seed: int, change: Callable[[str, random.Random], str]) -> str:
    """Change about 15 % of the words, each with `change`, which may return nothing or several words."""
    chance = random.Random(f"edit {seed}")  # noqa: S311  not for secrets
    paragraphs = (
        " ".join(
            filter(None, (change(word, chance) if chance.random() < _EDITED else word for word in paragraph.split()))
        )
        for paragraph in text.split("\n\n")
    )
    return "\n\n".join(paragraphs)


def _other(_word: str, chance: random.Random) -> str:
    return chance.choice(_WORDS)


EDITS: dict[str, Callable[[str, int], str]] = {
    "words replaced": lambda text, seed: _edit(text, seed, _other),
    "words left out": lambda text, seed: _edit(text, seed, lambda _word, _chance: ""),
    "words added": lambda text, seed: _edit(text, seed, lambda word, chance: f"{word} {_other(word, chance)}"),
    "letters changed": lambda text, seed: _edit(text, seed, lambda word, _chance: f"{word[:-1]}x"),
    "all of these": lambda text, seed: _edit(
        text, seed, lambda word, chance: chance.choice(("", f"{word} {_other(word, chance)}", _other(word, chance)))
    ),
    "names replaced": lambda text, seed: _edit(text, seed, lambda _word, chance: _name(chance).split()[0]),
}
"""Ways to edit 15 % of an article's words."""
