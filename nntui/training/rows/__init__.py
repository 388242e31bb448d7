"""The run seen row by row: what each data row did at its turns."""
