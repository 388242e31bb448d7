"""The language of scenario files as one table: keys, types, defaults, and the JSON Schema drawn from it."""
