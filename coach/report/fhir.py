"""The page for a doctor as a FHIR R4 Bundle: pain as Observations with numbers, each check-in as a QuestionnaireResponse.

LOINC 72514-3 is "Pain severity - 0-10 verbal numeric rating [Score] - Reported". The link ids are our own and are the
paths of the answers document (``pain.walking``, ``signs.locked-knee``).
"""
