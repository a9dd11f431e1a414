"""期限. What a step would do before it is taken, entries corrected by two people, and recounts when the calendar changes."""
