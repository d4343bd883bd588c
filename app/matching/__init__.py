"""Whether two records are about the same person or organization: normalizing, blocking keys, comparison. No database."""
