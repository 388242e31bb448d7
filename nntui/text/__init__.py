"""What any floor may say with: safe text, decimal numbers as people type them, wrapping. Knows nothing else."""
