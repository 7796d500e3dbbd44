"""Where the steps run. Every engine gives the same rows for the same tables."""
