"""Bytes ⇄ training: scenario files, data files, the library. The only floor that opens files."""
