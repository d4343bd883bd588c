"""`python -m app.commands` is the `encuentro` command."""

from app.commands import main

if __name__ == "__main__":  # a process that a benchmark spawns imports this module as well
    main(prog_name="encuentro")
