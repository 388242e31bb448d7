"""The app in a browser on the same machine, by textual-serve."""
