"""口令. Two profiles of the same question: is this password good enough for this person?"""
