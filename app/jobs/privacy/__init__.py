"""Background work for the privacy of people: cleaning up after erasures, and what is not kept any longer."""
