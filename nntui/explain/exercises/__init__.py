"""Sheets for a class: for each student numbers of their own, which a pencil can work with."""
