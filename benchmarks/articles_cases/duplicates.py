"""Near-duplicates: altered articles that are found, and different ones that are taken for one."""

from app.reading.duplicates import fingerprint, same
from benchmarks import Case
from benchmarks.altering import ALTERATIONS, invented
from benchmarks.articles_cases.common import Found


def cases(count: int) -> list[Case]:
    """Alter `count` articles in every way, and compare all of them with each other."""
    articles = [invented(seed) for seed in range(count)]
    prints = [fingerprint(article) for article in articles]
    pairs = [(alter, seed) for alter in ALTERATIONS.values() for seed in range(count)]
    found = Found(
        sum(same(prints[seed], fingerprint(alter(articles[seed], seed))) for alter, seed in pairs), len(pairs)
    )
    merged = sum(same(one, other) for place, one in enumerate(prints) for other in prints[:place])
    return [
        Case(f"near-duplicates found, of {found.asked} altered articles", found.share, 99.0, "%", at_least=True),
        Case(f"unrelated articles merged, of {count * (count - 1) // 2} pairs", merged, 0.0, "pairs"),
    ]
