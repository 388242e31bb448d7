"""What can lie open under the panels: each a value that takes keys and draws itself."""
