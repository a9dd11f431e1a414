"""行政行为. Licences, penalties, compulsion and charges: registers with publication clocks."""
