"""Files: scenarios, data, sheets of answers, recordings, the library of bundled scenarios. No other room opens files."""
