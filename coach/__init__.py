"""Hizaura: a calm terminal coach for people whose knee hurts behind when they walk."""

__version__ = "0.1.0"
