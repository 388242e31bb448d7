"""The plot with a cursor: what it shows, and the numbers under the cursor."""
