"""台账. What the registers of all duties have in common: entering, correcting, voiding, importing, listing, counting."""
