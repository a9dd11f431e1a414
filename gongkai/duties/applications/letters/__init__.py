"""文书. Every letter of a case: composed from it, checked against it, reviewed, signed, numbered, issued and delivered."""
