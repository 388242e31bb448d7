"""What is looked at, as a value: taken from the workspace for a recording, and shown again from one."""
