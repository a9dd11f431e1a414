"""台账. What the registers of all duties have in common: entering, rectifying, voiding, importing, listing, counting."""
