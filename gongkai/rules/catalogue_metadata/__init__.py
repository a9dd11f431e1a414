"""目录元数据. What an item of the catalogue is described by: subject and genre."""
