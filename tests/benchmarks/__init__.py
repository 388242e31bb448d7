"""Speed, measured side by side on this machine; nothing here is a test, and no time is asserted."""
