"""What `make test` runs, in order."""
