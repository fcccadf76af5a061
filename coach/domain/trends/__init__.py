"""Trends over a period, with the days behind each figure: ``pain``, ``care``, ``symptoms``, and what a ``chart`` shows.

A day is the local day on which a record was made; of several numbers on one day the highest counts. Nothing is filled
in: a day without a check-in has no number, and a comparison of too few days says so instead of comparing.
"""
