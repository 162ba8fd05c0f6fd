"""recordsmith: JSON Schema files in, records with behaviour out."""

__version__ = "0.1.0"
