"""复议诉讼. Reconsideration and litigation."""
