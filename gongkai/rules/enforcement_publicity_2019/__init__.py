"""行政执法公示. 国办发〔2018〕118号, and the laws on penalties and licences."""
