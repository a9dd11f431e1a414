"""政策解读. 国办发〔2016〕80号, and the practice of places that quote it."""
