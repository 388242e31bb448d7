"""The plain sentences that stand under an equation."""
