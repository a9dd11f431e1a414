"""网上收件. What was handed in on the portal becomes a register entry, exactly once, and its status goes back out."""
