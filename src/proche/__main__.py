"""`python -m proche` is the `proche` command."""

from proche.cli import main

main()
