"""Typing slips: words that differ from a typed one by one letter added, left out, replaced, or swapped with the next."""

SHORTEST = 4
"""The number of letters from which a word may be misspelled: shorter ones are too similar to each other."""
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "абвгдежзиклмнопрстуфхцчшщъыьэюяєґј",
    "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
    "ءابتثجحخدذرزسشصضطظعغفقكلمنهويىة",
)
"""Letters as they are folded by `app.text`, without accents and capitals."""


def one_slip_from(word: str) -> set[str]:
    """Return every word that is one slip away from a folded word; none for a short word.

    Letters are replaced and added only from the alphabets that the word is written in.
    """
    if len(word) < SHORTEST:
        return set()
    letters = "".join(alphabet for alphabet in _ALPHABETS if not set(alphabet).isdisjoint(word))
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    shorter = {before + after[1:] for before, after in cuts if after}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
    replaced = {before + letter + after[1:] for before, after in cuts if after for letter in letters}
    longer = {before + letter + after for before, after in cuts for letter in letters}
    return (shorter | swapped | replaced | longer) - {word}
