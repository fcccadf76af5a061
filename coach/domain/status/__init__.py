"""The status now, from the records: pauses and ways back, clearances, absences, the course of the symptoms."""
