"""Marking of sentences that are shown to people but written where no language is known yet."""


def N_(sentence: str) -> str:  # noqa: N802 - the name that gettext's extractors know
    """Mark `sentence` for translation and return it as it is."""
    return sentence
