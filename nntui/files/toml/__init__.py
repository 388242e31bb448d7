"""TOML with line and column of every value."""
