"""`python -m app.commands` is the `encuentro` command."""

from app.commands import main

main(prog_name="encuentro")
