"""The audit log: who did what to which row of every table, chained so that a changed or missing line shows (decision 23)."""
