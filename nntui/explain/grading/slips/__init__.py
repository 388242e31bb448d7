"""The slips of students: where each can be made, and the numbers that come out with it."""
