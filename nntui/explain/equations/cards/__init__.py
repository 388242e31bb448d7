"""What is said, written and assumed of each activation and of each cost: one card for each, in one table for each.

The mathematics is on the cards of `nntui.engine`; a card here holds that card, its formulas, its sentences, the slips
that are made with it, and what the gradient check may take for granted.
"""
