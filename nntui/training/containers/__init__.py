"""Containers that know no scenario: long series of numbers, sequences made on demand, sorting in slices."""
