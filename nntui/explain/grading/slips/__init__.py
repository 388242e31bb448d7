"""What comes out with slips of copying and of signs: values for the table of slips."""
