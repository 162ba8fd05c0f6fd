"""Compiled: a schema as a program that tells which lines of JSON are certainly valid.

It reads the bytes and makes no objects.  What is odd, in the text or by the schema, it leaves to
the engine that knows all.
"""
