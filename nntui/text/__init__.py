"""Text for every room: text made safe, decimal numbers as people type them, reflowed paragraphs. Imports nothing of nntui."""
