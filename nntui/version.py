"""The version, where any floor may read it without loading the public names."""

__version__ = "0.1.0"
