"""行政规范性文件. 国办发〔2018〕37号、115号, and the practice of places on how long a document lasts."""
