"""The format of scenario files as one table: keys, types, defaults, and the JSON Schema made from it."""
