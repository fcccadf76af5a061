"""The status now, read from a home, and what changes it: seen by a professional, it hurts."""
