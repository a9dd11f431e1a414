"""政府网站与政务新媒体检查指标. 国办秘函〔2019〕19号, each figure with how sure we are of it."""
