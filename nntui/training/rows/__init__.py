"""The run by data rows: what each row had at its turns, and the series that a plot can show."""
